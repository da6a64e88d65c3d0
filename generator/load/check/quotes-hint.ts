/**
 * A sentence to put behind what is told of a name that is `true` or `false`, a boolean or a key: YAML 1.1 takes more words for these (V18),
 * `y` beside `x` most of all. Empty for any other.
 */
export function quotesHint(name: unknown): string {
  const [value, words] =
    name === true || name === 'true'
      ? ['true', 'y, yes or on']
      : name === false || name === 'false'
        ? ['false', 'n, no or off']
        : [];
  return value === undefined ? '' : `. If ${words} is meant, write it in quotes: without them YAML reads ${value}`;
}
