/** Longer paths are not read. */
const mostCharacters = 10_000;

/** A token as the API server cuts paths: a text in quotes, one of the three marks, or what stands between them. */
const token = /'(?:[^']|(?<=\\)')*(?:'|$)|[.[\]]|[^.[\]]+/g;

/** A path to a field (`.spec.a`, `.spec['a']`) in the pieces into which the API server cuts it; `undefined` where it is endless. */
export function pathTokens(path: string): readonly string[] | undefined {
  return path.length > mostCharacters ? undefined : (path.match(token) ?? []);
}
