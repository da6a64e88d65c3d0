import { describe, expect, it } from 'vitest';
import { inParentheses } from './compile-at-once.mjs';

/** A module whose functions that begin with these texts were called. */
const marked = (code: string, ...called: string[]): string =>
  inParentheses(code, new Set(called.map((text) => code.indexOf(text))));

describe('functions that are compiled with their file', () => {
  it.each([
    [
      'a declaration, which is there from the beginning',
      'a();function a(){}',
      'function a',
      'var a=(function a(){});a();',
    ],
    ['the first thing of all', 'function a(){}x;', 'function', 'var a=(function a(){});x;'],
    ['an async one', 'async function a(){}', 'async', 'var a=(async function a(){});'],
    ['an arrow', 'f(x=>x)', 'x=>', 'f((x=>x))'],
    ['an expression', 'f(function(){})', 'function', 'f((function(){}))'],
    ['one that is a property', 'f({a:function(){}})', 'function', 'f({a:(function(){})})'],
  ])('stand in parentheses: %s', (_, code, called, want) => {
    expect(marked(code, called)).toBe(want);
  });

  it('are marked inside of each other', () => {
    expect(marked('x;function a(){return()=>1}', 'function', '()=>')).toBe('var a=(function a(){return(()=>1)});x;');
  });

  it.each([
    ['not called', 'function a(){}f(x=>x)', []],
    ['a method', 'class A{a(){}get b(){}static c(){}}', ['a()', 'get', 'static']],
    ['a method of an object', 'f({a(){},get b(){return 1}})', ['a()', '(){', 'get', '(){return']],
    ['declared inside of another', 'class A{a(){function b(){}}}', ['function b']],
  ])('are not those that are %s', (_, code, called) => {
    expect(marked(code, ...called)).toBe(code);
  });
});
