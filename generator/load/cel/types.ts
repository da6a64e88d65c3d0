/** A type of CEL. */
export interface CelType {
  readonly kind: Kind;
  /** Tells types of one kind apart: the name of an object or an opaque type, or of a type variable. */
  readonly name: string;
  /** What a list, a map, an optional or a type holds. */
  readonly params: readonly CelType[];
  /** The type of a field of an object; undefined where it has none of that name. */
  readonly fieldOf?: (name: string) => CelType | undefined;
  /** What to say about a field that it does not have. */
  readonly hintFor?: (name: string) => string | undefined;
}

type SimpleKind =
  | 'dyn'
  | 'error'
  | 'null_type'
  | 'bool'
  | 'int'
  | 'uint'
  | 'double'
  | 'string'
  | 'bytes'
  | 'timestamp'
  | 'duration';

/** `opaque` are types of functions alone, such as `optional_type`; `variable` a type that is not known yet. */
export type Kind = SimpleKind | 'list' | 'map' | 'type' | 'object' | 'opaque' | 'variable';

const simpleType = (kind: SimpleKind): CelType => ({ kind, name: kind, params: [] });

/** The types without parts. */
export const simple: { readonly [K in SimpleKind]: CelType } = {
  dyn: simpleType('dyn'),
  error: simpleType('error'),
  null_type: simpleType('null_type'),
  bool: simpleType('bool'),
  int: simpleType('int'),
  uint: simpleType('uint'),
  double: simpleType('double'),
  string: simpleType('string'),
  bytes: simpleType('bytes'),
  timestamp: simpleType('timestamp'),
  duration: simpleType('duration'),
};

export const listOf = (item: CelType): CelType => ({ kind: 'list', name: 'list', params: [item] });
export const mapOf = (key: CelType, value: CelType): CelType => ({ kind: 'map', name: 'map', params: [key, value] });
export const typeOf = (type: CelType): CelType => ({ kind: 'type', name: 'type', params: [type] });
export const optionalOf = (type: CelType): CelType => ({ kind: 'opaque', name: 'optional_type', params: [type] });
export const variableOf = (name: string): CelType => ({ kind: 'variable', name, params: [] });
const objectOf = (name: string): CelType => ({ kind: 'object', name, params: [] });

export const isOptional = (type: CelType): boolean => type.kind === 'opaque' && type.name === 'optional_type';
export const isDynOrError = ({ kind }: CelType): boolean => kind === 'dyn' || kind === 'error';

/** Whether two types are the same in all their parts. */
export function isSameType(a: CelType, b: CelType): boolean {
  if (a === b) return true;
  return (
    a.kind === b.kind &&
    a.name === b.name &&
    a.params.length === b.params.length &&
    a.params.every((param, i) => isSameType(param, b.params[i] ?? simple.error))
  );
}

/** A type in words: `list(string)`. */
export function typeText(type: CelType): string {
  const { kind, name, params } = type;
  if (kind === 'variable') return 'dyn';
  if (kind === 'object') return type.fieldOf === undefined ? name.replace(/^.*\./, '') : 'object';
  if (kind === 'null_type') return 'null';
  const head = isOptional(type) ? 'optional' : kind === 'opaque' ? name : kind;
  return params.length === 0 ? head : `${head}(${params.map(typeText).join(', ')})`;
}

/** A type in a sentence: `an int`. */
export function article(type: CelType): string {
  const text = typeText(type);
  return `${/^[aeio]/.test(text) ? 'an' : 'a'} ${text}`;
}

/** A type as signatures write it: `map(K, list(kubernetes.Quantity))`. A single capital letter is a type variable. */
export function parseType(text: string): CelType {
  const [, head = '', inside] = /^([\w.]+)(?:\((.*)\))?$/.exec(text) ?? [];
  const params = inside === undefined ? [] : splitTypes(inside).map(parseType);
  const [first = simple.dyn, second = simple.dyn] = params;
  if (head === 'list') return listOf(first);
  if (head === 'map') return mapOf(first, second);
  if (head === 'type') return typeOf(first);
  if (head === 'optional_type') return optionalOf(first);
  if (/^[A-Z]$/.test(head)) return variableOf(head);
  return Object.values(simple).find(({ name }) => name === head) ?? objectOf(head);
}

/** Types that are separated by commas, none of those inside brackets. */
export function splitTypes(text: string): string[] {
  const types: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '(') depth += 1;
    else if (text[at] === ')') depth -= 1;
    else if (text[at] === ',' && depth === 0) {
      types.push(text.slice(start, at));
      start = at + 2;
    }
  }
  return text === '' ? [] : [...types, text.slice(start)];
}
