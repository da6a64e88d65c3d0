import type { KindRegistry } from './kind-registry.js';
import type { ServedKind, ServedVersion } from './served-kind.js';
import type { Storage } from './storage.js';

/** Time and chance, as values: the state itself has neither. */
export interface Environment {
  /** Milliseconds since the epoch. */
  wallNow(): number;
  /** A number in [0, 1). */
  random(): number;
  newUid(): string;
}

/** Everything that an embedded API server knows. */
export interface ApiState {
  readonly storage: Storage;
  readonly kinds: KindRegistry;
  readonly environment: Environment;
}

/** What a path names. */
export interface Target {
  readonly kind: ServedKind;
  readonly version: ServedVersion;
  /** `undefined`: a cluster-scoped kind, or all namespaces. */
  readonly namespace: string | undefined;
  readonly name: string | undefined;
  readonly subresource: 'status' | 'scale' | undefined;
}

/** A target with a name. */
export interface NamedTarget extends Target {
  readonly name: string;
}

/** What the query of a write says. */
export interface WriteRules {
  readonly dryRun: boolean;
  readonly fieldValidation: 'Strict' | 'Warn' | 'Ignore';
  readonly fieldManager: string;
}

/** How a status text names the target's resource. */
export function named(target: Pick<Target, 'kind'>): { group: string; plural: string; kind: string } {
  const { group, plural, kind } = target.kind;
  return { group, plural, kind };
}

/** A time as Kubernetes writes it: whole seconds, UTC. */
export function timestamp(environment: Pick<Environment, 'wallNow'>): string {
  return `${new Date(environment.wallNow()).toISOString().slice(0, 19)}Z`;
}
