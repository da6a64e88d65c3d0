import { didYouMean } from '../did-you-mean.js';
import { templateNames } from '../tools/template.js';
import type { TargetConfig } from './config.js';

/** A target as it was checked: lists are lists. */
export interface CheckedTarget extends Omit<TargetConfig, 'input' | 'include' | 'exclude'> {
  readonly input?: readonly string[];
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
}

type Check = (value: unknown, path: string) => string[];

/** What each key of a target must be. */
export const targetKeys: { readonly [K in keyof Required<TargetConfig>]: Check } = {
  input: texts,
  out: text,
  include: texts,
  exclude: texts,
  versions: oneOf(['served', 'storage', 'all']),
  docs: flag,
  importExtension: oneOf(['js', 'ts', 'none']),
  paths: flag,
  cluster: flag,
  context: text,
  kubeconfig: text,
  templates: (value, path) => checkMap(value, path, Object.fromEntries(templateNames.map((name) => [name, text]))),
};

const configKeys: Readonly<Record<string, Check>> = {
  // Editors find the schema of the JSON form here.
  $schema: text,
  ...targetKeys,
  targets: (value, path) =>
    Array.isArray(value) && value.length > 0
      ? value.flatMap((one: unknown, i) => checkMap(one, `${path}[${i}]`, targetKeys))
      : [`${path} must be a list of at least one target`],
};

/** Checks what a config file holds: its targets, each with what all share, or everything that is wrong with it. */
export function checkConfig(
  value: unknown,
): { readonly targets: readonly CheckedTarget[] } | { readonly messages: readonly string[] } {
  const messages = checkMap(value, '', configKeys);
  if (messages.length > 0) return { messages };
  const { targets, $schema: _, ...shared } = value as Record<string, unknown>;
  const list = (targets ?? [{}]) as readonly object[];
  return { targets: list.map((target) => withLists({ ...shared, ...target })) };
}

function withLists(target: TargetConfig): CheckedTarget {
  const { input, include, exclude, ...rest } = target;
  const listed = Object.entries({ input, include, exclude }).filter(([, value]) => value !== undefined);
  return { ...rest, ...Object.fromEntries(listed.map(([key, value]) => [key, [value].flat()])) };
}

function checkMap(value: unknown, path: string, keys: Readonly<Record<string, Check>>): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return [`${path === '' ? 'the config' : path} must be an object`];
  return Object.entries(value).flatMap(([key, inner]) => {
    const at = path === '' ? key : `${path}.${key}`;
    const check = Object.hasOwn(keys, key) ? keys[key] : undefined;
    if (check !== undefined) return inner === undefined ? [] : check(inner, at);
    const known = Object.keys(keys);
    const guess = didYouMean(key, known) ?? known.find((name) => key.startsWith(name) || name.startsWith(key));
    return [`unknown key ${JSON.stringify(at)}${guess === undefined ? '' : `. Did you mean "${guess}"?`}`];
  });
}

function text(value: unknown, path: string): string[] {
  return typeof value === 'string' && value !== '' ? [] : [`${path} must be a text that is not empty`];
}

function texts(value: unknown, path: string): string[] {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  const isGood = list.length > 0 && list.every((one) => typeof one === 'string' && one !== '');
  return isGood ? [] : [`${path} must be a text or a list of texts, none of them empty`];
}

function flag(value: unknown, path: string): string[] {
  return typeof value === 'boolean' ? [] : [`${path} must be true or false`];
}

function oneOf(choices: readonly string[]): Check {
  return (value, path) => {
    if (typeof value === 'string' && choices.includes(value)) return [];
    const guess = typeof value === 'string' ? didYouMean(value, choices) : undefined;
    return [
      `${path} must be one of ${choices.join(', ')}, not ${JSON.stringify(value)}${guess === undefined ? '' : `. Did you mean "${guess}"?`}`,
    ];
  };
}
