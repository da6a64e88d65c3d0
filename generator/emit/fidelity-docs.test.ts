import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { show } from '../../tests/support/fidelity-example.js';
import { commentAbove, declarationOf, printSmall } from '../../tests/support/small-crd.js';
import { judge } from '../../tests/support/type-judge.js';
import { object } from '../../tests/support/schema-words.js';

describe('docs', () => {
  it.for<[string, object, string]>([
    [
      'F30 a short description stands on one line',
      { type: 'string', description: 'The name.' },
      '  /** The name. */\n',
    ],
    ['F30 nothing to say is no comment', { type: 'string' }, ''],
    [
      'F30 paragraphs and lists stay, long lines wrap below their text',
      { type: 'string', description: `First.\n\n\nList:\n- ${'word '.repeat(30)}\n- two\n\n    code stays as it is` },
      `  /**\n   * First.\n   *\n   * List:\n   * - ${'word '.repeat(22).trim()}\n   *   ${'word '.repeat(8).trim()}\n   * - two\n   *\n   *     code stays as it is\n   */\n`,
    ],
    [
      'F30 a list in a list keeps its place when it wraps, and a long address stays whole',
      { type: 'string', description: `- one\n  - ${'word '.repeat(30)}\n- https://example.dev/${'x'.repeat(120)} end` },
      `  /**\n   * - one\n   *   - ${'word '.repeat(22).trim()}\n   *     ${'word '.repeat(8).trim()}\n   * - https://example.dev/${'x'.repeat(120)}\n   *   end\n   */\n`,
    ],
    [
      'F30 the end of a line that is too long goes on in the next one, if that is the same sentence',
      { type: 'string', description: `${'word '.repeat(24)}\nends here.\nAnother sentence.` },
      `  /**\n   * ${'word '.repeat(23).trim()}\n   * word ends here.\n   * Another sentence.\n   */\n`,
    ],
    [
      'F30 so it does in a list, but not beyond an item or a paragraph',
      { type: 'string', description: `- ${'word '.repeat(24)}\n  ends here.\n- ${'word '.repeat(24)}\n- two\n\nlast` },
      `  /**\n   * - ${'word '.repeat(22).trim()}\n   *   word word ends here.\n   * - ${'word '.repeat(22).trim()}\n   *   word word\n   * - two\n   *\n   * last\n   */\n`,
    ],
    [
      'F30 nor does it where the next line begins with a capital, or stands in',
      { type: 'string', description: `${'word '.repeat(30)}\nNext one.\n${'word '.repeat(30)}\n    code` },
      `  /**\n   * ${'word '.repeat(23).trim()}\n   * ${'word '.repeat(7).trim()}\n   * Next one.\n   * ${'word '.repeat(23).trim()}\n   * ${'word '.repeat(7).trim()}\n   *     code\n   */\n`,
    ],
    [
      'F30 editors show words in angle brackets and stars that stand for anything, of a description and of why it is deprecated',
      { type: 'string', description: "As <key>, '*' or 'a/*'.\n\nDeprecated: use <name>." },
      "  /**\n   * As \\<key>, '\\*' or 'a/\\*'.\n   *\n   * @deprecated use \\<name>.\n   */\n",
    ],
    [
      'F20 so they do of the message of a rule, whose code stays as it is',
      { type: 'string', 'x-kubernetes-validations': [{ rule: "self != '<a>'", message: 'must be <a>/<b>' }] },
      "  /** must be \\<a>/\\<b>: `self != '<a>'`. */\n",
    ],
    [
      'F30 no line that is wrapped begins with what begins a quote, a list or a heading in Markdown',
      {
        type: 'string',
        description: ['> b', '- b', '1. b', '## b', '1.5 b']
          .map((words) => `${'word '.repeat(22)}word ${words}`)
          .join('\n\n'),
      },
      `  /**\n${['> b', '- b', '1. b', '## b']
        .map((words) => `   * ${'word '.repeat(22).trim()}\n   * word ${words}\n   *\n`)
        .join('')}   * ${'word '.repeat(23).trim()}\n   * 1.5 b\n   */\n`,
    ],
    [
      'F20 nor does one of a rule',
      { type: 'integer', 'x-kubernetes-validations': [{ rule: `self + ${'1'.repeat(95)} >= 400` }] },
      `  /**\n   * Must hold: \`self +\n   * ${'1'.repeat(95)} >= 400\`.\n   */\n`,
    ],
    [
      'F30 a line of code stays whole however long it is, in a fence or where it stands in',
      {
        type: 'string',
        description: `\`\`\`\n${'word '.repeat(30)}end\n\`\`\`\n\n    ${'word '.repeat(30)}end\n${'word '.repeat(24)}\n\t${'word '.repeat(30)}end`,
      },
      `  /**\n   * \`\`\`\n   * ${'word '.repeat(30)}end\n   * \`\`\`\n   *\n   *     ${'word '.repeat(30)}end\n   * ${'word '.repeat(23).trim()}\n   * word\n   * \t${'word '.repeat(30)}end\n   */\n`,
    ],
    [
      'F30 notes of developers below three dashes are a paragraph of their own, and make no heading of what stands above',
      { type: 'string', description: 'How it is called.\n---\nMany names are alike.\n\n---\nA line.' },
      '  /**\n   * How it is called.\n   *\n   * Many names are alike.\n   *\n   * ---\n   * A line.\n   */\n',
    ],
    [
      'F30 so are those that controller-gen flattened',
      { type: 'string', description: 'How it is called. --- Many names are alike --- or not. a --- b' },
      '  /**\n   * How it is called.\n   *\n   * Many names are alike --- or not. a --- b\n   */\n',
    ],
    [
      'F30 a line of dashes with no notes below it is none of the description',
      { type: 'string', description: 'How it is called.\n---\n' },
      '  /** How it is called. */\n',
    ],
    [
      'F30 dashes at the end of a description in one line are none of it',
      { type: 'string', description: 'How it is called. ---' },
      '  /** How it is called. */\n',
    ],
    [
      'F30 three dashes in a block of code stay',
      { type: 'string', description: 'As in:\n```yaml\na: 1\n---\na: 2\n```' },
      '  /**\n   * As in:\n   * ```yaml\n   * a: 1\n   * ---\n   * a: 2\n   * ```\n   */\n',
    ],
    [
      'F30 paragraphs that controller-gen flattened are paragraphs again, lists lists and indented lines lines',
      {
        type: 'string',
        description: 'One. More. \n Syntax: \n \ta == b \ta != b \n - one \n - two \n Deprecated: use y.',
      },
      '  /**\n   * One. More.\n   *\n   * Syntax:\n   *\n   * \ta == b\n   * \ta != b\n   *\n   * - one\n   * - two\n   *\n   * @deprecated use y.\n   */\n',
    ],
    [
      'F30 a block of code that a tool made one line of is a block again, and what comes after it is none',
      { type: 'string', description: `\`\`\` a:   b \`\`\`\n\n${'word '.repeat(24)}\n\n\`\`\` c\n\n\td \`\`\`` },
      `  /**\n   * \`\`\`\n   * a:   b\n   * \`\`\`\n   *\n   * ${'word '.repeat(23).trim()}\n   * word\n   *\n   * \`\`\`\n   * c\n   *\n   * \td\n   * \`\`\`\n   */\n`,
    ],
    [
      'F30 a line that begins with code in three backquotes begins no block',
      { type: 'string', description: `\`\`\`a\`\`\` as\n${'word '.repeat(24)}\n<b>` },
      `  /**\n   * \`\`\`a\`\`\` as\n   * ${'word '.repeat(23).trim()}\n   * word\n   * \\<b>\n   */\n`,
    ],
    [
      'F30 a blank at the end of a line makes no paragraph where other lines have none',
      { type: 'string', description: 'One \n two\nthree' },
      '  /**\n   * One\n   *  two\n   * three\n   */\n',
    ],
    [
      'F30 lines may end as they do on Windows',
      { type: 'string', description: 'Deprecated: use\r\nb.\r\n\r\nMore.\rEnd.' },
      '  /**\n   * More.\n   * End.\n   *\n   * @deprecated use b.\n   */\n',
    ],
    [
      'F30 a description cannot close its comment, and its @words are no tags',
      { type: 'string', description: 'a */ b /* c\n@param x {@link y} me@example.dev (@see z)' },
      '  /**\n   * a *\\/ b /* c\n   * \\@param x {\\@link y} me@example.dev (\\@see z)\n   */\n',
    ],
    ['F30 tabs and line separators survive', { type: 'string', description: 'a\tb\u2028c' }, '  /** a\tb\u2028c */\n'],
    [
      'F30 control characters are left out, and what turns the direction of a text is spelled out',
      { type: 'string', description: 'a\u0007b\u009fc\u202ed\u2066e\ufefff\ud800' },
      '  /** abc\\u202ed\\u2066e\\ufefff\\ud800 */\n',
    ],
    [
      'F30 one line with a bullet is no list',
      { type: 'string', description: '- ARN of the associated group.' },
      '  /** ARN of the associated group. */\n',
    ],
    [
      'F30 a list of two is one',
      { type: 'string', description: '- one\n- two' },
      '  /**\n   * - one\n   * - two\n   */\n',
    ],
    [
      'F19 bounds of numbers',
      { type: 'integer', format: 'int32', minimum: 1, maximum: 9, multipleOf: 2 },
      '  /**\n   * @format int32\n   * @minimum 1\n   * @maximum 9\n   * @multipleOf 2\n   */\n',
    ],
    [
      'F15 an enum of lists, which no type says',
      { type: 'array', items: { type: 'string' }, enum: [['a'], [], 'b'] },
      '  /** Must be one of: `[["a"],[],"b"]`. */\n',
    ],
    [
      'F15 an enum of anything',
      { 'x-kubernetes-preserve-unknown-fields': true, enum: [1, { a: 'it`s' }] },
      '  /** Must be one of: `` [1,{"a":"it`s"}] ``. */\n',
    ],
    ['F19 exclusive bounds', { type: 'number', minimum: 0, exclusiveMinimum: true }, '  /** @exclusiveMinimum 0 */\n'],
    [
      'F19 exclusive bounds that are numbers, and one that is none',
      { type: 'number', minimum: 1, exclusiveMinimum: 0, maximum: 9, exclusiveMaximum: false },
      '  /**\n   * @minimum 1\n   * @exclusiveMinimum 0\n   * @maximum 9\n   */\n',
    ],
    [
      'F16 the docs say when precision can be lost',
      { type: 'integer', format: 'int64' },
      '  /** @format int64: exact only up to 2^53 in JavaScript */\n',
    ],
    ['no precision is lost of digits in a text', { type: 'string', format: 'int64' }, '  /** @format int64 */\n'],
    [
      'nor of an integer whose bounds are exact numbers',
      { type: 'integer', format: 'int64', minimum: 0, maximum: 4294967295 },
      '  /**\n   * @format int64\n   * @minimum 0\n   * @maximum 4294967295\n   */\n',
    ],
    [
      'F19 lengths and patterns',
      { type: 'string', minLength: 1, maxLength: 63, pattern: '^[a-z]+*/$' },
      '  /**\n   * @minLength 1\n   * @maxLength 63\n   * @pattern `^[a-z]+*\\/$`\n   */\n',
    ],
    [
      'V16, F19 list and map rules',
      {
        type: 'array',
        minItems: 1,
        'x-kubernetes-list-type': 'map',
        'x-kubernetes-list-map-keys': ['name', 'port'],
        items: { type: 'string', maxLength: 3 },
      },
      '  /**\n   * @minItems 1\n   * @listType map: unique by `name`, `port`\n   * @items maxLength 3\n   */\n',
    ],
    [
      'V16, F19 keys of a list that are no texts, of which a warning tells',
      {
        type: 'array',
        'x-kubernetes-list-type': 'map',
        'x-kubernetes-list-map-keys': [{}, 'name', 7],
        items: { type: 'object' },
      },
      '  /** @listType map: unique by `name` */\n',
    ],
    [
      'V16, F19 a list by keys without one',
      { type: 'array', 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': [{}], items: { type: 'object' } },
      '  /** @listType map */\n',
    ],
    [
      'V16, F19 a list that is a set, and a map that is a whole',
      { type: 'array', 'x-kubernetes-list-type': 'set', 'x-kubernetes-map-type': 'atomic', items: { type: 'string' } },
      '  /**\n   * @listType set: no two equal items\n   * @mapType atomic: server-side apply replaces it as a whole\n   */\n',
    ],
    [
      'F19 a bound of the items without a number',
      { type: 'array', items: { type: 'array', uniqueItems: true, items: { type: 'string' } } },
      '  /** @items uniqueItems */\n',
    ],
    [
      'F19 a bound of the values of a map, and of the items of these',
      {
        type: 'object',
        additionalProperties: { type: 'array', minItems: 1, items: { type: 'string', maxLength: 3 } },
      },
      '  /**\n   * @values minItems 1\n   * @items maxLength 3\n   */\n',
    ],
    ['F19 a default that is a word', { type: 'string', default: 'TCP' }, '  /** @default TCP */\n'],
    ['F19 a default that ends like another word', { type: 'string', default: 'untrue' }, '  /** @default untrue */\n'],
    [
      'F19 a default that could be taken for something else',
      { type: 'string', default: '3' },
      '  /** @default "3" */\n',
    ],
    [
      'F19 numbers of which reading kept 16 digits',
      { type: 'integer', maximum: Number('9223372036854775807'), default: -(2 ** 53), example: [2 ** 53 - 1] },
      '  /**\n   * @maximum 9.223372036854776e+18\n   * @default -9.007199254740992e+15\n   * @example [9007199254740991]\n   */\n',
    ],
    ['F30 an example', { type: 'object', example: { a: ['*/'] } }, '  /** @example {"a":["*\\/"]} */\n'],
    [
      'F20 CEL rules as sentences',
      {
        type: 'string',
        'x-kubernetes-validations': [{ rule: 'self == oldSelf', message: 'is immutable' }, { rule: "self != 'a' */" }],
      },
      "  /**\n   * - is immutable: `self == oldSelf`.\n   * - Must hold: `self != 'a' *\\/`.\n   */\n",
    ],
  ])('%s', ([, schema, want], context) => {
    const printed = commentAbove({ ...schema });
    expect(printed).toBe(want);
    if (want !== '') show(context, { given: { x: schema }, printed: `${want.replace(/^ {2}/gm, '')}readonly x?: …;` });
  });

  it('F20 rules of items stand above their type', () => {
    const items = object(
      { a: { type: 'string' } },
      { description: 'One item.', 'x-kubernetes-validations': [{ rule: 'has(self.a)', message: 'needs a' }] },
    );
    const { text } = printSmall({ spec: object({ list: { type: 'array', items } }) });
    expect(text).toContain('/**\n * One item.\n *\n * needs a: `has(self.a)`.\n */\nexport interface FooSpecList {');
  });

  it('without docs no text of the schema gets out, only what is deprecated', () => {
    const spec = object(
      {
        a: { type: 'string', description: 'Secret words. */', pattern: 'secret' },
        b: { type: 'string', description: 'Deprecated: secret.' },
      },
      { description: 'secret' },
    );
    const column = { name: 'Age', type: 'date', jsonPath: '.a', description: 'secret' };
    const { text } = printSmall({ spec, version: { printerColumns: [column] } }, { docs: false });
    expect(text).not.toMatch(/secret/i);
    expect(text).toContain('  /** @deprecated */\n  readonly b?: string;');
  });

  it('F30 both views say why a field is deprecated, which editors do not look up in the other', () => {
    const { text } = printSmall({
      spec: object({ n: { type: 'integer', default: 1, description: 'How many.\n\nDeprecated: use `m`.' } }),
    });
    expect(declarationOf(text, 'FooSpec')).toBe(
      'export interface FooSpec extends FooSpecManifest {\n  /** @deprecated use `m`. */\n  readonly n: number;\n}',
    );
    expect(text.match(/How many/g)).toHaveLength(1);
  });

  it('editors show the comment of a field in both views, though it is printed once', () => {
    const { text } = printSmall({
      schema: object({ spec: object({ n: { type: 'integer', default: 1, description: 'How many.' } }) }),
    });
    expect(text.match(/How many/g)).toHaveLength(1);
    const probe = 'declare const foo: Foo; foo.spec!.n; foo.spec;';
    const service = languageService(
      `${text.replace(/^import[^;]*;$/m, 'type X = unknown; declare function defineResource<A, B>(): (x: unknown) => [A, B]; class Reflector<A, B, C> { declare t: [A, B, C] } type ManifestMeta = X; type NamespacedObjectMeta = X;')}${probe}`,
    );
    const at = text.length > 0 ? service.text.lastIndexOf('foo.spec!.n') + 'foo.spec!.'.length : 0;
    const info = service.service.getQuickInfoAtPosition('a.ts', at);
    expect(ts.displayPartsToString(info?.documentation)).toContain('How many.');
    const hover = service.service.getQuickInfoAtPosition('a.ts', service.text.lastIndexOf('spec;'));
    expect(ts.displayPartsToString(hover?.displayParts)).toBe('(property) Foo.spec?: FooSpec | undefined');
  });

  it('hostile text stays text, wherever it stands', () => {
    const evil = "'; process.exit(); '\n*/ process.exit(); /*\u2028process.exit() // ${process.exit()} `</script>\\";
    const { text } = printSmall({
      name: `x\nprocess.exit() //.example.dev`,
      plural: evil,
      singular: evil,
      listKind: evil,
      shortNames: [evil],
      categories: [evil],
      schema: object({
        spec: object({ [evil]: { type: 'string', enum: [evil], description: evil, default: evil, pattern: evil } }),
      }),
      version: {
        deprecated: true,
        deprecationWarning: evil,
        printerColumns: [{ name: evil, type: evil, jsonPath: evil, description: evil, format: evil }],
        selectableFields: [evil],
        subresources: { scale: { specReplicasPath: evil, statusReplicasPath: evil, labelSelectorPath: evil } },
      },
    });
    const source = ts.createSourceFile('a.ts', text, ts.ScriptTarget.ES2022, true);
    const calls: string[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isPropertyAccessExpression(node)) calls.push(node.getText());
      if (ts.isTemplateExpression(node) || ts.isNoSubstitutionTemplateLiteral(node)) calls.push(node.getText());
      ts.forEachChild(node, visit);
    };
    visit(source);
    expect(calls).toEqual([]);
    expect(source.statements.map((statement) => ts.SyntaxKind[statement.kind])).toEqual([
      'ImportDeclaration',
      'InterfaceDeclaration',
      'InterfaceDeclaration',
      'FirstStatement',
      'ClassDeclaration',
      'InterfaceDeclaration',
      'InterfaceDeclaration',
      'TypeAliasDeclaration',
    ]);
    expect(text.replace(/\/\*\*[^]*?\*\//g, '')).not.toContain('</script');
    expect(
      text
        .split('\n')
        .slice(0, 3)
        .every((line) => line.startsWith('// ')),
    ).toBe(true);
  });

  it('F30 a description of a million lines is a comment like any other', () => {
    const description = 'A line of words.\n'.repeat(1_000_000);
    const { text } = printSmall({ spec: object({ a: { type: 'string', description } }) });
    expect(text.length).toBeGreaterThan(description.length);
  });

  it('hostile text in literals is still the text that was meant', () => {
    const evil = '\u2028\u0000\u202e\ud800\'"`${x}</script>\\\n\r\t';
    const value = JSON.stringify(evil).replaceAll('\u2028', '\\u2028');
    expect(
      judge({
        one: {
          crd: { spec: object({ a: { type: 'string', enum: [evil] } }) },
          accept: [`{ a: ${value} }`],
          reject: [`{ a: 'x' }`],
        },
      }).one,
    ).toEqual([]);
  });
});

function languageService(text: string): { text: string; service: ts.LanguageService } {
  const host: ts.LanguageServiceHost = {
    getCompilationSettings: () => ({ strict: true, noLib: true }),
    getScriptFileNames: () => ['a.ts'],
    getScriptVersion: () => '1',
    getScriptSnapshot: (name) => (name === 'a.ts' ? ts.ScriptSnapshot.fromString(text) : undefined),
    getCurrentDirectory: () => '/',
    getDefaultLibFileName: () => 'lib.d.ts',
    fileExists: () => false,
    readFile: () => undefined,
  };
  return { text, service: ts.createLanguageService(host) };
}
