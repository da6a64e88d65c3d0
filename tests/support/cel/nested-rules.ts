/** Rules with so many of one thing in each other, and of how many an API server takes at most. */
export const nestedRules: readonly (readonly [what: string, most: number, rule: (count: number) => string])[] = [
  ['brackets', 249, (n) => `${'('.repeat(n)}true${')'.repeat(n)}`],
  ['lists', 250, (n) => `${'['.repeat(n)}${']'.repeat(n)} == []`],
  ['maps', 249, (n) => `${'{1: '.repeat(n)}1${'}'.repeat(n)} == {}`],
  ['keys of maps', 249, (n) => `${'{'.repeat(n)}1${': 1}'.repeat(n)} == {}`],
  ['choices', 249, (n) => `${'true ? true : '.repeat(n)}true`],
  ['sums', 249, (n) => `${'1 + '.repeat(n)}1 > 0`],
  ['fields', 248, (n) => `self.either${'.a'.repeat(n)} == 1`],
  ['optional fields', 248, (n) => `self.either${'.?a'.repeat(n)}.hasValue()`],
  ['indexes', 248, (n) => `self.either${'[0]'.repeat(n)} == 1`],
  ['methods', 248, (n) => `self.str${'.trim()'.repeat(n)} == ''`],
  ['functions', 249, (n) => `${'dyn('.repeat(n)}1${')'.repeat(n)} == 1`],
  ['negations', 249, (n) => `${'!('.repeat(n)}true${')'.repeat(n)}`],
  ['conditions', 249, (n) => `${'(true || '.repeat(n)}true${')'.repeat(n)}`],
];
