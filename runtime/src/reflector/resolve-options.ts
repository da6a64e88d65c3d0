import { checkSignal } from '../check-arguments.js';
import { selectorQuery } from '../client/selector-query.js';
import type { Logger } from '../logger.js';
import { KubeError } from '../errors.js';
import type { ResourceInfo } from '../resource.js';
import { parseLabelSelector } from '../wire/selector.js';
import type { ReflectorOptions } from './options.js';

const LONGEST_LINE_BYTES = 32 * 1024 * 1024;
const GRACE_MS = 5000;
/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-label-names */
const NAMESPACE = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;

/** A reflector's options, checked and complete. */
export interface ResolvedOptions<T> {
  /** The watched namespaces; `['']` is all of them, and the cluster itself. */
  readonly partitions: readonly string[];
  readonly labelSelector: string | undefined;
  readonly fieldSelector: string | undefined;
  readonly indexes: Readonly<Record<string, (object: T) => unknown>>;
  readonly transform: ((object: T) => T) | undefined;
  readonly managedFields: boolean;
  readonly metadataOnly: boolean;
  readonly freeze: 'none' | 'deep';
  readonly allowUnsynced: boolean;
  readonly graceMs: number;
  readonly lingerMs: number;
  readonly maxLineBytes: number;
  readonly signal: AbortSignal | undefined;
  readonly initialVersion: '' | '0';
  readonly streaming: boolean;
  readonly logger: Logger | undefined;
}

/** Checks what a reflector is made with. Throws `KubeError` (`usage`) that names the option. */
export function resolveOptions<T, V>(definition: ResourceInfo, options: ReflectorOptions<T, V>): ResolvedOptions<T> {
  checkDefinition(definition);
  const { initial = 'most-recent', freeze = 'none', transform, indexes = {} } = options;
  oneOf('initial', initial, ['most-recent', 'any']);
  oneOf('freeze', freeze, ['none', 'deep']);
  if (transform !== undefined && typeof transform !== 'function') throw wrong('transform', 'a function');
  checkIndexes(indexes);
  checkSignal(options.signal);
  if (options.labelSelector !== undefined) parseLabelSelector(options.labelSelector);
  const { labelSelector, fieldSelector } = selectorQuery(options);
  return {
    partitions: partitionsOf(definition, options.namespaces),
    labelSelector,
    fieldSelector,
    indexes,
    transform,
    managedFields: flag('managedFields', options.managedFields, false),
    metadataOnly: flag('metadataOnly', options.metadataOnly, false),
    freeze,
    allowUnsynced: flag('allowUnsynced', options.allowUnsynced, false),
    graceMs: atLeast('graceMs', options.graceMs ?? GRACE_MS, 0),
    lingerMs: atLeast('lingerMs', options.lingerMs ?? 0, 0),
    maxLineBytes: atLeast('maxLineBytes', options.maxLineBytes ?? LONGEST_LINE_BYTES, 1),
    signal: options.signal,
    initialVersion: initial === 'any' ? '0' : '',
    streaming: flag('streaming', options.streaming, true),
    logger: options.logger,
  };
}

function checkDefinition(definition: ResourceInfo): void {
  if (typeof definition !== 'object' || definition === null) throw wrong('definition', 'what defineResource made');
  for (const field of ['version', 'kind', 'plural'] as const) {
    if (typeof definition[field] !== 'string' || definition[field] === '') throw wrong(`definition.${field}`, 'a text');
  }
  if (typeof definition.group !== 'string') throw wrong('definition.group', "a text ('' for the core group)");
  oneOf('definition.scope', definition.scope, ['Namespaced', 'Cluster']);
}

function partitionsOf(definition: ResourceInfo, namespaces: readonly string[] | undefined): readonly string[] {
  if (namespaces === undefined) return [''];
  if (definition.scope === 'Cluster') {
    throw new KubeError('usage', `${definition.plural} are cluster-scoped: they have no namespaces to choose from`);
  }
  if (!Array.isArray(namespaces)) throw wrong('namespaces', 'a list of names');
  if (namespaces.length === 0) {
    throw new KubeError('usage', 'namespaces is empty: name at least one, or leave it out for all');
  }
  for (const namespace of namespaces) {
    if (typeof namespace !== 'string') throw wrong('namespaces', 'a list of names');
    if (!NAMESPACE.test(namespace))
      throw new KubeError('usage', `namespaces: "${namespace}" is no name of a namespace`);
  }
  return [...new Set(namespaces)];
}

function checkIndexes(indexes: object): void {
  if (typeof indexes !== 'object' || indexes === null || Array.isArray(indexes))
    throw wrong('indexes', 'an object of functions');
  for (const [name, fn] of Object.entries(indexes)) {
    if (typeof fn !== 'function') throw wrong(`indexes.${name}`, 'a function');
  }
}

function flag(name: string, value: boolean | undefined, unsaid: boolean): boolean {
  if (value === undefined || value === null) return unsaid;
  if (typeof value !== 'boolean') throw wrong(name, 'true or false');
  return value;
}

function atLeast(name: string, value: number, least: number): number {
  if (typeof value !== 'number' || !(value >= least)) throw wrong(name, `a number, at least ${least}`);
  return value;
}

function oneOf(name: string, value: string, allowed: readonly string[]): void {
  if (!allowed.includes(value)) throw wrong(name, allowed.map((each) => `'${each}'`).join(' or '));
}

function wrong(name: string, expected: string): KubeError {
  return new KubeError('usage', `${name} must be ${expected}`);
}
