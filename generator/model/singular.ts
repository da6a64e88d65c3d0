/** Words that look like plurals and are none, and plurals whose singular no rule gives. */
const special: ReadonlyMap<string, string> = new Map(
  'series species kubernetes redis cors canvas atlas alias bias lens cookies:cookie movies:movie caches:cache uses:use'
    .split(' ')
    .map((pair) => {
      const [word = '', singular = word] = pair.split(':');
      return [word, singular];
    }),
);

/** Ends of words, and what is cut off. The first that fits counts; a word that none fits is no plural. */
const endings: readonly (readonly [end: RegExp, cut: number, add: string])[] = [
  [/[a-z]{2}ies$/, 3, 'y'],
  [/(?:ss|ias|[^aeo]us|[aeo]tus|x|sh|[tnr]ch|[oe]ach)es$/, 2, ''],
  [/[^sui]s$/, 1, ''],
];

/**
 * The name of one item of a list: `rules` is `rule`, `hostAliases` is `hostAlias`, `podIPs` is `podIP`. Only the last word counts;
 * what is no plural (`status`, `dns`, `tls`) stays.
 */
export function singular(name: string): string {
  const acronyms = /^(.*[A-Z]{2})s$/.exec(name);
  if (acronyms?.[1] !== undefined) return acronyms[1];
  // What a match begins with keeps the search from beginning anew at each letter of a long name.
  const word = /(?:[A-Z]|(?<![A-Za-z]))[a-z]+$/.exec(name)?.[0] ?? '';
  const head = name.slice(0, name.length - word.length);
  const lower = word.toLowerCase();
  const known = special.get(lower);
  if (known !== undefined) return head + withCaseOf(word, known);
  if (lower.length < 4 || !/[aeiouy]/.test(lower.slice(0, -1))) return name;
  const rule = endings.find(([end]) => end.test(lower));
  return rule === undefined ? name : name.slice(0, name.length - rule[1]) + rule[2];
}

function withCaseOf(word: string, text: string): string {
  return /^[A-Z]/.test(word) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}
