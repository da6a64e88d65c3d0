/** Words that cannot name a type, a constant or a class of a module: keywords, type operators, and what compilers keep for themselves. */
const reservedWords = new Set(
  (
    'abstract accessor any arguments as asserts async await bigint boolean break case catch class const continue debugger declare default ' +
    'delete do else enum eval export exports extends false finally for from function get global globalThis if implements import in infer ' +
    'instanceof interface intrinsic is keyof let module namespace never new null number object of out override package private ' +
    'protected public readonly require return satisfies set static string super switch symbol this throw true try type typeof ' +
    'undefined unique unknown using var void while with yield'
  ).split(' '),
);

/** The identifier of a kind (api.md 1): illegal characters out, the letter after them raised; `Da-sh` is `DaSh`, `postgresql` stays. */
export function kindIdentifier(kind: string): string {
  const word = kind.replace(/[^A-Za-z0-9]+(.?)/g, (_, next: string) => next.toUpperCase());
  const name = /^[A-Za-z]/.test(word) ? word : `_${word}`;
  return reservedWords.has(name) ? `${name}_` : name;
}

/** Schemas have the same few names of fields again and again. */
const segments = new Map<string, string>();
const mostSegments = 20_000;

/** A property name as a part of a type name: `fooBar` is `FooBar`, `foo-bar` too. Never empty. */
export function nameSegment(property: string): string {
  const known = segments.get(property);
  if (known !== undefined) return known;
  const segment = segmentOf(property);
  if (segments.size >= mostSegments) segments.clear();
  segments.set(property, segment);
  return segment;
}

function segmentOf(property: string): string {
  const words = property.match(/[A-Za-z0-9]+/g) ?? ['Field'];
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

/** The file name of a kind, without its extension (api.md 1); the index keeps `index` for itself. */
export function kindFileName(kind: string): string {
  const name = kind
    .replace(/([A-Z])([A-Z][a-z])/g, '$1-$2')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z0-9-]/g, '-');
  return name === 'index' ? 'index-kind' : name;
}

/** The namespace of a group and version in the root index: `cert-manager.io`, `v1` is `certManagerIoV1`. */
export function namespaceIdentifier(group: string, version: string): string {
  const words = `${group === '' ? 'core' : group} ${version}`.match(/[A-Za-z0-9]+/g) ?? [];
  const name = words.map((word, i) => (i === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join('');
  return /^\d/.test(name) ? `_${name}` : name;
}

/** Names longer than this are shortened. */
const longestName = 90;
const hashLength = 5;

/** What all resources of Crossplane providers have, and nothing else: `FooForProvider` says where it stands. */
const saysItself: ReadonlySet<string> = new Set(['spec.forProvider', 'spec.initProvider', 'status.atProvider']);

/** The name of a type at `path` below a kind. It depends on the path alone, so that no other field can change it. */
export function pathName(kind: string, path: readonly string[]): string {
  const segments = (saysItself.has(path.slice(0, 2).join('.')) ? path.slice(1) : path).map(nameSegment);
  const name = kind + segments.join('');
  if (name.length <= longestName) return name;
  const room = Math.max(longestName - kind.length - hashLength - 1, 20);
  let tail = '';
  for (const segment of [...segments].reverse()) {
    if (tail !== '' && segment.length + tail.length > room) break;
    tail = segment.slice(0, room) + tail;
  }
  return `${kind}${tail}_${pathHash(path)}`;
}

/** A few letters that tell one path from another (FNV-1a). */
export function pathHash(path: readonly string[]): string {
  let hash = 0x811c9dc5;
  const text = JSON.stringify(path);
  for (let at = 0; at < text.length; at += 1) {
    const code = text.codePointAt(at) ?? 0;
    hash = Math.imul(hash ^ code, 0x01000193) >>> 0;
    if (code > 0xffff) at += 1;
  }
  return hash.toString(36).padStart(hashLength, '0').slice(-hashLength);
}
