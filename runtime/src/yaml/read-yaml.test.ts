import { describe, expect, it } from 'vitest';
import { cpuSeconds } from '../../../tests/support/cpu-seconds.js';
import { readYaml, readYamlDocuments } from './read-yaml.js';
import { YamlError } from './yaml-error.js';

function failure(text: string, file?: string): YamlError {
  try {
    readYamlDocuments(text, file === undefined ? {} : { file });
  } catch (error) {
    if (error instanceof YamlError) return error;
    throw error;
  }
  throw new Error('it was read');
}

describe('YAML as Kubernetes reads it', () => {
  const scalars: [source: string, value: unknown][] = [
    ...['y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON', 'true', 'True', 'TRUE'].map(
      (s) => [s, true] as [string, unknown],
    ),
    ...['n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF', 'false', 'False', 'FALSE'].map(
      (s) => [s, false] as [string, unknown],
    ),
    ['yEs', 'yEs'],
    ['"yes"', 'yes'],
    ['0755', 493],
    ['0o755', 493],
    ['-0755', -493],
    ['08', 8],
    ['0', 0],
    ['-0', 0],
    ['1_000', 1000],
    ['0x1F', 31],
    ['0X1f', 31],
    ['0b101', 5],
    ['0x_1F', 31],
    ['+7', 7],
    ['1e3', 1000],
    ['1.0', 1],
    ['1.', 1],
    ['.5', 0.5],
    ['-.5e1', -5],
    ['1_0.5', 10.5],
    ['1e400', '1e400'],
    ['2020-01-01', '2020-01-01'],
    ['2020-01-01T10:00:00Z', '2020-01-01T10:00:00Z'],
    ['12:30', '12:30'],
    ['190:20:30', '190:20:30'],
    ['=', '='],
    ['1.2.3', '1.2.3'],
    ['0xZ', '0xZ'],
    ['_1', '_1'],
    ['~', null],
    ['null', null],
    ['Null', null],
    ['', null],
    ['!!str 12', '12'],
    ['!!int "12"', 12],
    ['!!float 3', 3],
    ['!!bool "yes"', true],
    ['!!binary aGVsbG8=', 'hello'],
    ['!!timestamp 2020-01-01', '2020-01-01'],
    ['!Ref name', 'name'],
  ];
  it.each(scalars)('V18: the scalar `%s` is %j', (source, value) => {
    expect(readYaml(`a: ${source}\n`)).toEqual({ a: value });
    expect(readYaml(`- ${source}\n`)).toEqual([value]);
  });

  const keys: [source: string, key: string][] = [
    ['on', 'true'],
    ['no', 'false'],
    ['1.50', '1.5'],
    ['0x10', '16'],
    ['1.5e-7', '1.5e-07'],
    ['1234567.5', '1.2345675e+06'],
    ['123456.5', '123456.5'],
    ['1e-10', '1e-10'],
    ['0755', '493'],
    ['"on"', 'on'],
    ['2020-01-01', '2020-01-01'],
    ['12:30', '12:30'],
    ['=', '='],
  ];
  it.each(keys)('V18: the unquoted key `%s:` is the property %j', (source, key) => {
    expect(readYaml(`${source}: 1\n`)).toEqual({ [key]: 1 });
  });

  it.each(['~: 1', 'null: 1', '? [a]\n: 1', '? {a: 1}\n: 1', '.inf: 1', 'a: .nan', '- -.Inf'])(
    'V18: `%s` is refused',
    (text) => {
      expect(failure(text).t).toBe('syntax');
    },
  );

  it.each([
    ['a: 1\nb: 2\na: 3\n', 3],
    ['{"a": 1, "a": 2}', 1],
    ['on: 1\ntrue: 2\n', 2],
    ['{"x": {"a": 1,\n "a": 2}}', 2],
  ])('F38: a key twice is an error with its line: %j', (text, line) => {
    expect(failure(text)).toMatchObject({ t: 'duplicate-key', line });
  });

  it('F38: merge keys and anchors work, and what stands in the object wins', () => {
    const text = 'base: &base {a: 1, b: 2}\nx:\n  <<: *base\n  b: 3\nz:\n  <<: [{c: 1}, *base]\n';
    expect(readYaml(text)).toEqual({ base: { a: 1, b: 2 }, x: { a: 1, b: 3 }, z: { a: 1, b: 2, c: 1 } });
  });

  it('V18: all documents of a text are there, an empty one as null, and the first is the body', () => {
    expect(readYamlDocuments('# nothing\n---\na: 1\n---\n---\nb: 2\n')).toEqual([{ a: 1 }, null, { b: 2 }]);
    expect(readYaml('a: 1\n---\nb: 2\n')).toEqual({ a: 1 });
    expect(readYaml('')).toBeNull();
  });

  it.each([
    '{',
    '{"a"',
    '{"a":',
    '{"a": 1',
    '{"a": tru',
    '{"a": -',
    '{"a": "x',
    '{"a": "x\\',
    '{"a": "\\u00',
    '{"a": [1,',
    '[{}, {"b": {}',
  ])('says that a JSON text was cut off: %s', (text) => {
    const error = failure(`\n${text}`, 'a.json');
    expect([error.message, error.t]).toEqual([
      `a.json:2:${text.length + 1}: the JSON ends too early: it was cut off`,
      'syntax',
    ]);
  });

  it('finds a key that stands twice in JSON, however it is written, and only in the same object', () => {
    const error = failure('{"a": [{"b": 1}, {"b": 2}],\n  "c\\"": {"a": "a"}, "\\u0061": {}}', 'a.json');
    expect([error.message, error.t]).toEqual([
      'a.json:2:22: the key "a" was already there in the same object, 1 line further up',
      'duplicate-key',
    ]);
  });

  it.each([
    ['spec:\n  a: 1\n  b:\n    a: 1\n  a : 3\n', '"a"', 3],
    ['- "a": |\n    a\n# a\n\n  b: 2\n  a: 3\n', '"a"', 5],
    ['- b: {a: 1}\n- b: 1\n  ? a\n  : 1\n  ? a\n  : 2\n', '"a"', undefined],
    ['a:\n- a: 1\n- b: 2\n  b: 3\n', '"b"', 1],
    ['b: 1\n---\ny: 1\nyes: 2\n', '"yes"', undefined],
    ['yes: 1\n---\ny: 1\nyes: 2\n', '"yes"', undefined],
    ['a: {b: 1, b: 2}\n', '"b"', undefined],
    ['a: {b:1, c: 2, c}\n', '"c"', undefined],
    ['\na:b: 1\r\na:b: 2\r\n', '"a:b"', 1],
    [`${'k'.repeat(70)}: 1\n${'k'.repeat(70)}: 2\n`, `"${'k'.repeat(57)}..."`, 1],
  ])('names a key that stands twice in YAML, and where the first one is: %j', (text, key, up) => {
    const where = up === undefined ? '' : `, ${up} ${up === 1 ? 'line' : 'lines'} further up`;
    expect(failure(text).reason).toBe(`the key ${key} was already there in the same object${where}`);
  });

  it('says how documents are separated where files were put one after the other', () => {
    const one = 'kind: Foo\nspec:\n  kind: 1\n';
    const twice = 'the key "kind" was already there in the same object';
    expect(failure(one + one, 'a.yaml').message).toBe(
      `a.yaml:4:1: ${twice}, 3 lines further up: if another document begins here, put a line --- before it`,
    );
    expect(failure(`${one}  kind: 2\n`, 'a.yaml').message).toBe(`a.yaml:4:3: ${twice}, 1 line further up`);
    expect(failure(`${one}spec: 2\n`, 'a.yaml').message).toMatch(/ 2 lines further up$/);
  });

  it('does not take what only begins like JSON for a cut off one', () => {
    expect(readYaml("{'a': '{', b: [\"x\", z]}")).toEqual({ a: '{', b: ['x', 'z'] });
    expect(failure('{"a": 1,, "b": 2}').reason).not.toContain('cut off');
    expect(failure('{"a": 1}}').reason).not.toContain('cut off');
  });

  it('reads JSON, with a byte order mark and space around it, and several flow documents', () => {
    expect(readYamlDocuments('\uFEFF {"a": [1, {"b:\\"": null}]}\n')).toEqual([{ a: [1, { 'b:"': null }] }]);
    expect(readYamlDocuments('{"a": 1}\n---\n{a: 0755}\n')).toEqual([{ a: 1 }, { a: 493 }]);
    expect(readYamlDocuments('{a: yes}')).toEqual([{ a: true }]);
  });

  it.each(['{"__proto__": {"polluted": 1}, "constructor": 2}', '__proto__: {polluted: 1}\nconstructor: 2\n'])(
    'V17: __proto__ and constructor are plain keys: %j',
    (text) => {
      const value = readYaml(text) as Record<string, unknown>;
      expect(Object.keys(value)).toEqual(['__proto__', 'constructor']);
      expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    },
  );

  it('V17: __proto__ in a merged object does not become a prototype', () => {
    const value = readYaml('a: &a {__proto__: {polluted: 1}}\nb: {<<: *a}\n') as { b: object };
    expect(Object.keys(value.b)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(value.b)).toBe(Object.prototype);
  });
});

describe('hostile YAML', () => {
  it('F38: an alias bomb is stopped', () => {
    const lines = ['a0: &a0 [x,x,x,x,x,x,x,x,x,x]'];
    for (let i = 1; i < 9; i++)
      lines.push(
        `a${i}: &a${i} [${Array(10)
          .fill(`*a${i - 1}`)
          .join(',')}]`,
      );
    expect(failure(lines.join('\n')).t).toBe('aliases');
  });

  it('F38: merge keys cannot be a bomb', () => {
    const base = `base: &base {${Array.from({ length: 1000 }, (_, i) => `k${i}: 1`).join(', ')}}\n`;
    expect(failure(base + Array.from({ length: 300 }, (_, i) => `x${i}: {<<: *base}\n`).join('')).t).toBe('aliases');
  });

  it('F38: many honest aliases are fine', () => {
    const text = `base: &base {a: {b: {c: 1}}}\nlist:\n${'- *base\n'.repeat(20_000)}`;
    expect((readYaml(text) as { list: unknown[] }).list).toHaveLength(20_000);
  });

  it.each(['a: &a [*a]', 'a: &a {b: *a}'])('F38: an alias inside what it names is refused: %s', (text) => {
    expect(failure(text).t).toBe('aliases');
  });

  it.each([
    ['lists', '['.repeat(5_000_000)],
    ['flow objects', '{a: '.repeat(1_000_000)],
    ['dashes', '- '.repeat(1_000_000)],
    ['JSON', '{"a":'.repeat(1_000_000)],
    ['blocks', Array.from({ length: 5000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
  ])('F38: %s nested without end end in an error', (_name, text) => {
    expect(failure(text).t).toBe('depth');
  });

  it('V20: 3,000 levels of JSON are read', () => {
    let value = readYaml(`${'{"a":'.repeat(3000)}1${'}'.repeat(3000)}`);
    for (let i = 0; i < 3000; i++) value = (value as { a: unknown }).a;
    expect(value).toBe(1);
  });

  it('F38: a Helm template is named as such', () => {
    for (const text of [
      'a: {{ .Values.x }}\n',
      '{{- if .Values.x }}\na: 1\n{{- end }}\n',
      'a: 1\n{{ include "x" . }}\n',
    ]) {
      expect(failure(text, 'chart.yaml').message).toMatch(/^chart\.yaml:\d+:\d+: .*Helm template; render it first/);
    }
  });

  it('F38: a Helm template is named with its line, also where the fault only shows at the end of the object', () => {
    expect(failure('a: 1\n# {{ none }}\nb:\n  c: 2\n  d: {{ .Values.x }}\n')).toMatchObject({ t: 'template', line: 5 });
  });

  it('F38: a text of line ends of any sort is looked through once for templates', () => {
    const text = `a: [${'\u2028'.repeat(150_000)}`;
    expect(cpuSeconds(() => failure(text))).toBeLessThan(3);
  });

  it('says where a fault is, counting from 1', () => {
    expect(failure('a: 1\nb: [1, 2\nc: 3\n', 'x.yaml')).toMatchObject({ t: 'syntax', file: 'x.yaml', line: 3 });
    expect(failure('a: 1\n  b: 2\n').message).toMatch(/^2:\d+: /);
  });
});
