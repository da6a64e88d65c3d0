import { didYouMean } from '../../did-you-mean.js';
import type { DocumentPath } from '../document-path.js';
import type { FaultList } from '../fault.js';
import { describe, field, isMap, textAt, type JsonMap } from '../json-value.js';
import { jsonTypes } from '../check/schema-keywords.js';
import { circlesFrom, definitionName, leadsOut, leadsToNothing } from './reference.js';

/** How many keys may lead from a definition to one of its nodes: several times what any API server serves. */
const deepest = 400;

/** Of so many references that lead to nothing it is said which name may be meant: to look for it takes time. */
const mostGuesses = 20;

interface Place {
  readonly node: JsonMap;
  readonly path: DocumentPath;
}

/**
 * Checks every schema node below the definitions: references lead to a definition of the same document (never to a file or a URL),
 * types are JSON types.
 */
export function checkDefinitions(
  definitions: ReadonlyMap<string, JsonMap>,
  { path, faults }: { readonly path: DocumentPath; readonly faults: FaultList },
): void {
  for (const circle of circlesFrom(definitions.keys(), (name) => soleReference(definitions.get(name))))
    circle.forEach((name, i) => {
      const through = circle.length === 1 ? '' : `, through ${circle[(i + 1) % circle.length]}`;
      faults.warning([...path, name], `refers only to itself${through}: nothing says what it is, so it is unknown`);
    });
  const guess = guesser(definitions);
  const open: Place[] = [...definitions].map(([name, node]) => ({ node, path: [...path, name] })).reverse();
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    checkReference(place, { definitions, guess, faults });
    checkType(place, faults);
    if (place.path.length > deepest) {
      faults.error(place.path.slice(0, path.length + 1), 'is nested too deep to be the schema of a kind');
      return;
    }
    for (const child of children(place, faults).reverse()) open.push(child);
  }
}

/** The definition that a schema refers to and says nothing else; v3 wraps such a reference in `allOf`. */
function soleReference(schema: JsonMap | undefined): string | undefined {
  if (schema === undefined || Object.hasOwn(schema, 'properties')) return undefined;
  const all = field(schema, 'allOf');
  const only: unknown = Array.isArray(all) && all.length === 1 ? all[0] : schema;
  const ref = textAt(only, '$ref');
  return ref === undefined ? undefined : definitionName(ref);
}

type Guess = (name: string) => string | undefined;

function guesser(definitions: ReadonlyMap<string, JsonMap>): Guess {
  let left = mostGuesses;
  return (name) => (left-- > 0 ? didYouMean(name, definitions.keys()) : undefined);
}

function checkReference(
  { node, path }: Place,
  {
    definitions,
    guess,
    faults,
  }: { readonly definitions: ReadonlyMap<string, JsonMap>; readonly guess: Guess; readonly faults: FaultList },
): void {
  const ref = field(node, '$ref');
  if (ref === undefined) return;
  const say = (message: string, hint?: string): void =>
    faults.add({ severity: 'error', path, key: '$ref', message, ...(hint === undefined ? {} : { hint }) });
  if (typeof ref !== 'string') return say(`$ref must be text, not ${describe(ref)}`);
  const name = definitionName(ref);
  if (name === undefined) return say(leadsOut(ref));
  if (definitions.has(name)) return;
  const near = guess(name);
  say(leadsToNothing(ref), near === undefined ? undefined : `Did you mean ${near}?`);
}

function checkType({ node, path }: Place, faults: FaultList): void {
  const type = field(node, 'type');
  if (type === undefined || (typeof type === 'string' && (jsonTypes.includes(type) || type === 'null'))) return;
  // OpenAPI 3.1 has lists of types.
  if (Array.isArray(type) && type.every((one) => one === 'null' || jsonTypes.includes(String(one)))) return;
  faults.add({ severity: 'error', path, key: 'type', message: `type ${describe(type)} is not a JSON type` });
}

const maps = ['properties'];
const lists = ['allOf', 'anyOf', 'oneOf'];
const single = ['items', 'additionalProperties', 'not'];

function children({ node, path }: Place, faults: FaultList): Place[] {
  const found: Place[] = [];
  const take = (value: unknown, at: DocumentPath): void => {
    if (isMap(value)) found.push({ node: value, path: at });
    else if (typeof value !== 'boolean') faults.error(at, `must be a schema, not ${describe(value)}`);
  };
  for (const key of maps) {
    const value = field(node, key);
    if (isMap(value)) for (const [name, schema] of Object.entries(value)) take(schema, [...path, key, name]);
    else if (value !== undefined) faults.error([...path, key], `must be a map of schemas, not ${describe(value)}`);
  }
  for (const key of lists) {
    const value = field(node, key);
    if (Array.isArray(value)) value.forEach((schema: unknown, i) => take(schema, [...path, key, i]));
    else if (value !== undefined) faults.error([...path, key], `must be a list of schemas, not ${describe(value)}`);
  }
  for (const key of single) {
    const value = field(node, key);
    if (value !== undefined) take(value, [...path, key]);
  }
  return found;
}
