import type { Declaration } from '../model/declaration.js';
import type { Literal, TypeNode, View } from '../model/resource.js';
import { holdsLiterals } from '../model/type-node.js';
import type { ModuleImports } from './module-names.js';
import { literalText } from './text.js';

/** Where a type is printed: names of nested types depend on the declaration and the field. */
export interface Place {
  readonly declaration: Declaration;
  /** `undefined`: the type of fields without a name. */
  readonly field: string | undefined;
  readonly view: View;
  readonly imports: ModuleImports;
}

/** A type as it stands in a field. */
export function typeText(node: TypeNode, place: Place): string {
  const named = place.declaration.find(place.field, node.t === 'object' ? node.shape : node);
  return named === undefined ? bodyText(node, place) : named.names[place.view];
}

/** A type in full, even where it has a name. */
export function bodyText(node: TypeNode, place: Place): string {
  switch (node.t) {
    case 'support':
      return place.imports.use(node.name);
    case 'ref':
      return place.imports.shared(node.to, place.view);
    case 'literals':
      return node.values.map(literalText).join(' | ');
    case 'array':
      return `readonly ${itemText(node.items, place)}[]`;
    case 'map':
      return mapText(node.values, place);
    case 'union':
      return node.members.map((member) => typeText(member, place)).join(' | ');
    case 'views':
      return typeText(node[place.view], place);
    case 'object':
      // A choice may speak of a field that only the index signature covers.
      return place.declaration.find(undefined, node.shape)?.names[place.view] ?? 'unknown';
    default:
      return node.t;
  }
}

/** A key called like what every object inherits hides the literals of a plain index signature from the compiler (F26). */
function mapText(values: TypeNode, place: Place): string {
  const text = typeText(values, place);
  return holdsLiterals(values) ? `${place.imports.use('MapOf')}<${text}>` : `{ readonly [key: string]: ${text} }`;
}

function itemText(items: TypeNode, place: Place): string {
  const text = typeText(items, place);
  return /^readonly | \| /.test(text) ? `(${text})` : text;
}

/** A long literal union, as many members a line as fit. */
export function literalUnion(values: readonly Literal[]): string {
  const lines: string[] = [];
  let line = ' ';
  for (const value of values) {
    const member = ` | ${literalText(value)}`;
    if (line !== ' ' && line.length + member.length > 118) {
      lines.push(line);
      line = ' ';
    }
    line += member;
  }
  return [...lines, line].join('\n');
}
