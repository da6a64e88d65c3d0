import { field, isMap, quote, type JsonMap } from '../json-value.js';
import { pathTokens } from '../check/path-tokens.js';

/** What is wrong with the `fieldPath` of a rule, which names a field below the node of the rule: `.spec.a`, `['spec']['a-b']`. */
export function fieldPathFault(path: string, node: JsonMap): string | undefined {
  const tokens = pathTokens(path);
  if (tokens === undefined) return undefined;
  let at = node;
  for (let i = 0; i < tokens.length;) {
    const mark = tokens[i];
    if (mark !== '.' && mark !== '[') return "a path is written such as .spec.field or .spec['field']";
    const name = mark === '.' ? tokens[i + 1] : unquoted(tokens[i + 1]);
    if (name === undefined || (mark === '[' && tokens[i + 2] !== ']')) {
      return "brackets hold a name in single quotes, such as ['field']; lists have no place in a path";
    }
    const next = stepInto(at, name);
    if (next === 'unknown') return undefined;
    if (next === undefined) return `the schema has no field ${quote(name)} there`;
    at = next;
    i += mark === '.' ? 2 : 3;
  }
  return undefined;
}

function stepInto(node: JsonMap, name: string): JsonMap | 'unknown' | undefined {
  const properties = field(node, 'properties');
  const others = field(node, 'additionalProperties');
  if (isMap(properties) && Object.keys(properties).length > 0) {
    const next = field(properties, name);
    return isMap(next) ? next : undefined;
  }
  if (isMap(others)) return others;
  return others === undefined || others === false ? undefined : 'unknown';
}

function unquoted(text: string | undefined): string | undefined {
  if (text === undefined || !/^'[^]*'$/.test(text) || text.length < 2) return undefined;
  return text.slice(1, -1).replaceAll(/\\([\\'])/g, '$1');
}
