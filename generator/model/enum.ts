import { field, flag, typesOf, type RawSchema } from './raw-schema.js';
import type { Literal } from './resource.js';
import { shortJson } from './short-json.js';

/**
 * The members of `enum` that the node's own type lets through (V3), each once; `undefined` when the node has no enum that
 * restricts it to literals (no enum, an empty one, or one with objects or lists in it that can be met).
 */
export function enumOf(node: RawSchema): Literal[] | undefined {
  const values = membersOf(node);
  if (values === undefined || values.some((value) => isWhole(value, node))) return undefined;
  const isMet = memberTest(node);
  return [...new Set(values.filter(isLiteral).filter(isMet))];
}

/** What to say of members that are not of the node's own type, and so can never be given (V3): mostly texts that lack their quotes. */
export function enumFault(node: RawSchema): string | undefined {
  const isMet = memberTest(node);
  const others = membersOf(node)?.filter((value) => isLiteral(value) && !isMet(value)) ?? [];
  if (others.length === 0) return undefined;
  const shown = others.slice(0, 5).map((value) => shortJson(value, 60));
  const more = others.length > shown.length ? ` and ${others.length - shown.length} more` : '';
  const why = typesOf(node).includes('string') ? ' In YAML, texts such as on, no and 1.0 stand in quotes.' : '';
  return `has members in its enum that are not of its type: ${shown.join(', ')}${more}.${why}`;
}

/** The members of an `enum` with objects or lists in it, which no type tells. */
export function wholeMembers(node: RawSchema): readonly unknown[] | undefined {
  const values = membersOf(node);
  return values?.some((value) => isWhole(value, node)) === true ? values : undefined;
}

/** Whether a node has an enum that restricts it at all. */
export function hasEnum(node: RawSchema): boolean {
  return membersOf(node) !== undefined;
}

function membersOf(node: RawSchema): readonly unknown[] | undefined {
  const values: unknown = field(node, 'enum');
  return Array.isArray(values) && values.length > 0 ? values : undefined;
}

/** Whether a member is an object or a list, and the node's own type lets it through. */
function isWhole(value: unknown, node: RawSchema): boolean {
  if (typeof value !== 'object' || value === null || flag(node, 'x-kubernetes-int-or-string')) return false;
  const types = typesOf(node);
  return types.length === 0 || types.includes(Array.isArray(value) ? 'array' : 'object');
}

function isLiteral(value: unknown): value is Literal {
  // NaN and Infinity can be written in YAML but not in JSON: no value ever equals them.
  return typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
}

function memberTest(node: RawSchema): (value: Literal) => boolean {
  if (flag(node, 'x-kubernetes-int-or-string')) return (value) => typeof value === 'string' || Number.isInteger(value);
  const types = typesOf(node);
  if (types.length === 0) return () => true;
  return (value) => types.some((type) => isOfType(value, type));
}

function isOfType(value: Literal, type: string): boolean {
  switch (type) {
    case 'string':
      return typeof value === 'string';
    case 'integer':
      return Number.isInteger(value);
    case 'number':
      return typeof value === 'number';
    case 'boolean':
      return typeof value === 'boolean';
    default:
      return false;
  }
}
