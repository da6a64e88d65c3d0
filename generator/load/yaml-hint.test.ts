import { describe, expect, it } from 'vitest';
import { readDocuments } from './documents.js';

const colon = 'Write text that has a colon and a space in it in quotes.';
const space = 'The colon in the line above needs a space behind it.';
const backtick = 'Write text that begins with ` in quotes.';
const open = 'Is a quote or a bracket not closed above?';
const slash = String.raw`In double quotes a \ is written \\; in single quotes it stands for itself.`;
const conflict = 'Settle the merge conflict at line 2.';
const page = 'It is a web page: name the address of the raw file.';

describe('what to do about text that is no YAML', () => {
  it.each<[text: string, line: number, hint: string | undefined]>([
    ['a:\n  b: the size: of it\n', 2, colon],
    ['a:\n- b: see: it\n', 2, colon],
    ['a: "b"\n b: c\n', 2, undefined],
    ...["'b'", '"b" # c', '[b]', '{b: c}', '*b', '&b', '|-'].map((value): [string, number, undefined] => [
      `z: &b 1\na:\n    b: 1\n   c: ${value}\n`,
      4,
      undefined,
    ]),
    ['a:\n  type:integer\n  b: 1\n', 3, space],
    ['a:\n  - b:x\n    c: 1\n', 3, space],
    ['a: `b` c\n', 1, backtick],
    ['- `b`\n', 1, backtick],
    ['a: @b\n', 1, backtick.replace('`', '@')],
    ['a: {b} is c\n', 1, backtick.replace('`', '{')],
    ['a: *b c\nd: 1\n', 1, backtick.replace('`', '*')],
    ['a: > 1 and more\n', 1, backtick.replace('`', '>')],
    ["a:\n  b: 'it's c'\n", 2, "In single quotes a ' is written ''."],
    ['a: "b" or "c"\n', 1, String.raw`In double quotes a " is written \".`],
    ["a:\n  b: 'c\n  d: e\n", 3, open],
    ['a:\n  b: "^\\d$"\n', 2, slash],
    ['a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> other\n', 3, conflict],
    ['<!DOCTYPE html>\n<html>\n<body>a: b</body></html>\n', 3, page],
    ['a: 1\n---\n# here\nb: c: d\n', 4, colon],
  ])('%j: line %i, and %s', async (text, line, hint) => {
    const { diagnostics } = await readDocuments({ file: 'a.yaml', text });
    expect(diagnostics.map((one) => [one.line, one.hint])).toEqual([[line, hint]]);
  });
});
