import { describe, expect, it } from 'vitest';
import { asMarkdown } from './markdown.js';

describe('asMarkdown', () => {
  it.each<[string, string, string]>([
    ['a placeholder is no tag', 'as <namespace>/<name>', 'as \\<namespace>/\\<name>'],
    ['one of several words, over lines', '<pod\nnamespace> <a-b or c>', '\\<pod\nnamespace> \\<a-b or c>'],
    ['one that looks like an end', 'of </row>', 'of \\</row>'],
    [
      'one with values is shown like its end',
      `<a href="https://a.dev/?b=1">docs</a>, <i id='x' class = y hidden/>`,
      `\\<a href="https://a.dev/?b=1">docs\\</a>, \\<i id='x' class = y hidden/>`,
    ],
    ['a line break of HTML is one', 'One.<br/>Two.<br />', 'One.<br/>Two.<br />'],
    [
      'comparisons and addresses stay',
      'a < b, <https://a.dev>, <key, value>, <3>',
      'a < b, <https://a.dev>, <key, value>, <3>',
    ],
    ['in backquotes all stays', '`<a>` and ``<b>` <c>`` <d>', '`<a>` and ``<b>` <c>`` \\<d>'],
    ['a lone backquote begins nothing', '`<a> it``s', '`\\<a> it``s'],
    ['backquotes pair within a paragraph', 'it`s <a>\n\nit`s <b>', 'it`s \\<a>\n\nit`s \\<b>'],
    ['or within an item', "- '<a>` one\n- `<b>` two\n1. `<c>", "- '\\<a>` one\n- `<b>` two\n1. `\\<c>"],
    ['over a line they pair', 'so `<a>\n<b>` <c>', 'so `<a>\n<b>` \\<c>'],
    ['a fence is code', 'As:\n```yaml\na: <b>\n\nc: <d>\n```\n<e>', 'As:\n```yaml\na: <b>\n\nc: <d>\n```\n\\<e>'],
    ['so is one that stands first', '```\n<a>\n```\n<b>', '```\n<a>\n```\n\\<b>'],
    ['lines that stand in are code', 'As:\n\n    <a>\n\n\t<b>\n\n<c>', 'As:\n\n    <a>\n\n\t<b>\n\n\\<c>'],
    ['wildcards are no emphasis', "'*' is all. '*/a', '/*'.", "'\\*' is all. '\\*/a', '/\\*'."],
    ['nor are names that end with one', 'a.b[*].c or *.d', 'a.b[\\*].c or \\*.d'],
    ['nor are words between wildcards in quotes', '"*system*", "*a" or "b*"', '"\\*system\\*", "\\*a" or "b\\*"'],
    ['one wildcard harms nobody', "'*' is all", "'*' is all"],
    ['names in quotes keep their lines', "'__' is '__a__', x.__b__", "'\\_\\_' is '\\_\\_a__', x.\\_\\_b__"],
    ['tildes strike nothing out', '"=~" or "!~", `~`', '"=\\~" or "!\\~", `~`'],
    ['lines in and around words stay', 'a_b_c _all_ __not__, "_"', 'a_b_c _all_ __not__, "_"'],
    [
      'emphasis is',
      'an *old* **and tried** *(way)*, `*`\n* one\n* * two',
      'an *old* **and tried** *(way)*, `*`\n* one\n* * two',
    ],
  ])('F30 %s', (_, given, want) => {
    expect(asMarkdown(given)).toBe(want);
  });
});
