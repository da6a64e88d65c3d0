import { field, root, type OddVersion } from './odd-version.js';

const text = { type: 'string' };
const textWithDefault = { type: 'string', default: 'a' };
const resource = { type: 'object', 'x-kubernetes-embedded-resource': true };
const openResource = { ...resource, 'x-kubernetes-preserve-unknown-fields': true };
const given = { apiVersion: 'v1', kind: 'A' };

const embedded = (properties: object): OddVersion => field({ ...openResource, properties });
const filledWith = (value: object): OddVersion => field({ ...openResource, default: { ...given, ...value } });
/** A default of a resource whose schema says something of its metadata. */
const metadataIn = (value: object, says: object = {}): OddVersion =>
  field({ ...openResource, properties: { metadata: { type: 'object', ...says } }, default: { ...given, ...value } });
/** A root with fields of this kind that every resource has. */
const own = (properties: object): OddVersion => root({ type: 'object', properties });

/** Versions with odd resources in them, which an API server takes. */
export const takenResources: readonly OddVersion[] = [
  embedded({ metadata: { type: 'object', default: { name: 'a', labels: { a: 'b' } } } }),
  embedded({ metadata: { type: 'object', default: { ghost: 1 } } }),
  embedded({ metadata: { type: 'object', properties: { labels: { type: 'object', default: { a: 'b' } } } } }),
  embedded({
    metadata: { type: 'object', properties: { annotations: { type: 'object', additionalProperties: text } } },
  }),
  embedded({ spec: { type: 'object', additionalProperties: textWithDefault } }),
  embedded({ kind: textWithDefault, apiVersion: textWithDefault }),
  embedded({ spec: { ...openResource } }),
  field({ type: 'object', additionalProperties: { ...openResource, properties: { kind: textWithDefault } } }),
  filledWith({ apiVersion: 'a/v1', kind: 'A-b', metadata: { ghost: 1 } }),
  filledWith({ apiVersion: '/v1', metadata: { labels: { a: 'b' }, creationTimestamp: null } }),
  filledWith({ metadata: null }),
  metadataIn({ metadata: null }),
  metadataIn({ metadata: { name: null, annotations: {}, ghost: 1 } }, { maxProperties: 0 }),
  metadataIn({ metadata: { ghost: 1 } }, { properties: { ghost: text } }),
  own({ spec: { type: 'object' } }),
  root({
    type: 'object',
    properties: { metadata: { type: 'object' }, spec: { type: 'object' } },
    default: { ...given, metadata: { ghost: 1 } },
  }),
];

/** Versions with odd resources in them, which an API server refuses. */
export const refusedResources: readonly OddVersion[] = [
  embedded({ metadata: openResource }),
  embedded({ metadata: { type: 'object', properties: { a: openResource } } }),
  embedded({ metadata: { type: 'object', additionalProperties: openResource } }),
  embedded({ metadata: { type: 'object', properties: { a: { type: 'array', items: openResource } } } }),
  embedded({ metadata: { type: 'object', additionalProperties: textWithDefault } }),
  embedded({
    metadata: { type: 'object', properties: { a: { type: 'object', additionalProperties: textWithDefault } } },
  }),
  embedded({ metadata: { type: 'object', default: { name: 1 } } }),
  embedded({ metadata: { type: 'object', default: { labels: { a: 1 } } } }),
  embedded({ metadata: { type: 'object', default: { labels: { a: 'b c' } } } }),
  embedded({ metadata: { type: 'object', minProperties: 1, default: {} } }),
  embedded({ kind: { 'x-kubernetes-int-or-string': true } }),
  embedded({ metadata: { 'x-kubernetes-preserve-unknown-fields': true } }),
  own({ kind: { 'x-kubernetes-int-or-string': true } }),
  own({ apiVersion: { 'x-kubernetes-preserve-unknown-fields': true } }),
  own({ kind: { type: 'string', 'x-kubernetes-embedded-resource': true, properties: { a: text } } }),
  own({ metadata: { type: 'object', properties: { name: { type: 'object', properties: { a: textWithDefault } } } } }),
  own({ kind: { type: 'array', items: textWithDefault } }),
  field({ type: 'string', 'x-kubernetes-embedded-resource': true, 'x-kubernetes-preserve-unknown-fields': true }),
  field({ type: 'string', 'x-kubernetes-embedded-resource': true, properties: { a: text } }),
  metadataIn({ metadata: { name: 'abc' } }, { properties: { name: { type: 'string', maxLength: 2 } } }),
  metadataIn({ metadata: { ghost: 1, creationTimestamp: null, generation: 0 } }, { minProperties: 1 }),
  metadataIn({ metadata: { ghost: 1 } }, { required: ['ghost'] }),
  embedded({ kind: { type: 'string', default: 'a b' } }),
  embedded({ apiVersion: { type: 'string', default: 'a/b/c' } }),
  field({ ...openResource, properties: { kind: { type: 'string', enum: ['B'] } }, default: given }),
  root({ type: 'object', properties: { spec: { type: 'object' } }, default: { ...given, ghost: 1 } }),
  filledWith({ apiVersion: 'a/b/c' }),
  filledWith({ apiVersion: 1 }),
  filledWith({ kind: 'a b' }),
  filledWith({ kind: 1 }),
  filledWith({ metadata: 'a' }),
  filledWith({ metadata: { name: 1 } }),
  filledWith({ metadata: { name: 'a/b' } }),
  filledWith({ metadata: { labels: { a: 1 } } }),
  filledWith({ metadata: { labels: { 'a b': 'c' } } }),
  filledWith({ metadata: { labels: { a: 'b c' } } }),
  filledWith({ metadata: { annotations: { 'a b': 'c' } } }),
  filledWith({ metadata: { finalizers: ['a b'] } }),
  filledWith({ metadata: { ownerReferences: [{}] } }),
  filledWith({ metadata: { creationTimestamp: 'x' } }),
  filledWith({ metadata: { namespace: 'A_' } }),
  field({ type: 'array', items: openResource, default: [{ ...given, kind: 'a b' }] }),
  root({ type: 'object', properties: { metadata: { type: 'object' } }, default: { ...given, metadata: { name: 1 } } }),
];
