import { asSchema, field, requiredOf, type RawSchema } from './raw-schema.js';

/** A combination that the type cannot say, in words: a sentence for the common forms, else the schema itself. */
export function ruleOf(key: 'allOf' | 'anyOf' | 'oneOf' | 'not', value: unknown): string {
  const branches = Array.isArray(value) ? value.map(asSchema).filter((branch) => branch !== undefined) : [];
  if (key === 'anyOf' || key === 'oneOf') {
    const names = branches.map(onlyRequired).filter((name) => name !== undefined);
    const rest = branches.filter((branch) => onlyRequired(branch) === undefined);
    const list = names.map((name) => `\`${name}\``).join(', ');
    if (names.length > 0 && rest.length === 0)
      return `${key === 'oneOf' ? 'Exactly' : 'At least'} one of ${list} must be set.`;
    if (key === 'oneOf' && names.length > 0 && rest.length === 1 && isNoneOf(rest[0]))
      return `At most one of ${list} may be set.`;
  }
  return `${key === 'not' ? 'Must not match' : `Must match (${key})`}: ${shortJson(value)}.`;
}

function onlyRequired(branch: RawSchema): string | undefined {
  const required = requiredOf(branch);
  return Object.keys(branch).length === 1 && required.length === 1 ? required[0] : undefined;
}

function isNoneOf(branch: RawSchema | undefined): boolean {
  return branch !== undefined && Object.keys(branch).length === 1 && field(branch, 'not') !== undefined;
}

const longest = 300;

function shortJson(value: unknown): string {
  const json = JSON.stringify(value);
  return json.length > longest ? `\`${json.slice(0, longest)} …\`` : `\`${json}\``;
}
