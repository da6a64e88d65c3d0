import fc from 'fast-check';
import { expect, it } from 'vitest';
import { requires } from '../../tests/support/schema-words.js';
import { sentenceOf } from './combination-rules.js';

const names = ['a', 'b', 'c', 'd'] as const;
const everyObject = Array.from({ length: 16 }, (_, i) => new Set<string>(names.filter((_name, j) => (i >> j) & 1)));

interface Branch {
  readonly asked: readonly string[];
  readonly refused: readonly string[];
}

const someNames = fc.uniqueArray(fc.constantFrom(...names), { maxLength: 3 });
const someBranches = fc.array(fc.record<Branch>({ asked: someNames, refused: someNames }), {
  minLength: 1,
  maxLength: 4,
});

function schemaOf({ asked, refused }: Branch): object {
  const [only, ...others] = refused;
  const not =
    only === undefined || others.length > 0 ? { anyOf: refused.map((name) => requires(name)) } : requires(only);
  return { ...(asked.length === 0 ? {} : requires(...asked)), ...(only === undefined ? {} : { not }) };
}

function meets({ asked, refused }: Branch, object: ReadonlySet<string>): boolean {
  return asked.every((name) => object.has(name)) && !refused.some((name) => object.has(name));
}

/** Branches of each form that a sentence can have: chance alone may leave one out. */
const eachForm: [Branch[]][] = [
  [
    [
      { asked: ['a'], refused: ['b', 'c'] },
      { asked: ['b'], refused: ['a'] },
    ],
  ],
  [
    [
      { asked: ['a', 'b'], refused: [] },
      { asked: [], refused: ['a', 'b'] },
    ],
  ],
  [
    [
      { asked: ['b'], refused: [] },
      { asked: [], refused: ['a'] },
    ],
  ],
  [
    [
      { asked: ['a'], refused: ['b'] },
      { asked: ['b'], refused: ['a'] },
    ],
  ],
  [
    [
      { asked: ['a'], refused: ['b'] },
      { asked: ['b'], refused: ['a', 'c'] },
      { asked: [], refused: ['a', 'b', 'c', 'd'] },
    ],
  ],
];

/** What a sentence takes, read as people read it. */
function isTrue(sentence: string, object: ReadonlySet<string>): boolean {
  const isThere = (name: string): boolean => object.has(name);
  const namesIn = (text: string): string[] => [...text.matchAll(/`(\w)`/g)].map(([, name = '']) => name);
  const [, choice, besides = ''] = /^(.*\.) (.*) may only be set with one of them\.$/.exec(sentence) ?? [];
  const [, count, list = '', rest = ''] = /^(.*) one of (.*) (?:must|may) be set(.*)\.$/.exec(choice ?? sentence) ?? [];
  if (count !== undefined) {
    const met = list.split(/, | or /).filter((one) => namesIn(one).every(isThere)).length;
    const limits = [
      ...rest.matchAll(/, (?=[^,]+ without )((?:`\w`(?: with )?)+) without (.*?)(?=(?:, [^,]+ without )|$)/g),
    ];
    const areMet = limits.every(
      ([, own = '', without = '']) => !namesIn(own).every(isThere) || !namesIn(without).some(isThere),
    );
    if (met === 0 && namesIn(besides).some(isThere)) return false;
    return areMet && (count === 'Exactly' ? met === 1 : count === 'At least' ? met >= 1 : met <= 1);
  }
  const all = namesIn(sentence);
  if (sentence.endsWith('must not be set together.')) return !all.every(isThere);
  if (sentence.endsWith('must be set together or not at all.')) return all.every(isThere) || !all.some(isThere);
  const [, some = '', others = ''] = /^(.*) may only be set with (.*)\.$/.exec(sentence) ?? [];
  if (some === '') throw new Error(`A sentence of no known form: ${sentence}`);
  return !namesIn(some).some(isThere) || namesIn(others).every(isThere);
}

it.each(['anyOf', 'oneOf'] as const)(
  'F22, F23 a sentence about branches of %s takes what they take, and nothing else',
  (key) => {
    const forms = new Set<string>();
    fc.assert(
      fc.property(someBranches, (branches) => {
        const sentence = sentenceOf(key, branches.map(schemaOf));
        if (sentence === undefined) return;
        forms.add(sentence.replaceAll(/`\w`(?:(?:, | and | or | with )`\w`)*/g, '…'));
        for (const object of everyObject) {
          const met = branches.filter((branch) => meets(branch, object)).length;
          const isMet = key === 'anyOf' ? met >= 1 : met === 1;
          expect({ sentence, object, isTaken: isTrue(sentence, object) }).toEqual({ sentence, object, isTaken: isMet });
        }
      }),
      { numRuns: 5_000, examples: eachForm },
    );
    expect(forms).toContain('Exactly one of … must be set, … without ….');
    expect(forms).toContain('At most one of … may be set, … without …. … may only be set with one of them.');
    expect(forms).toContain('… must be set together or not at all.');
    expect(forms).toContain(key === 'anyOf' ? '… may only be set with ….' : 'Exactly one of … must be set.');
  },
);
