/** Words that are kept for later, and name no variable. */
export const reservedWords: ReadonlySet<string> = new Set(
  'as break const continue else false for function if import in let loop package namespace null return true var void while'.split(
    ' ',
  ),
);

const escapes: ReadonlyMap<string, string> = new Map([
  ['__', '__underscores__'],
  ['.', '__dot__'],
  ['-', '__dash__'],
  ['/', '__slash__'],
]);

/**
 * What rules call a property: `a-b` is `a__dash__b`. Undefined for names that they cannot say.
 * @see https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation-rules
 */
export function celNameOf(property: string): string | undefined {
  if (!/^[A-Za-z_./-][\w./-]*$/.test(property)) return undefined;
  if (reservedWords.has(property)) return `__${property}__`;
  return property.replaceAll(/__|[./-]/g, (part) => escapes.get(part) ?? part);
}
