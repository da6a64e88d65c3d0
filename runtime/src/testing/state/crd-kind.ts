import type { PrinterColumn, ScaleSubresource } from '../../resource.js';
import { readStructural } from '../schema/structural.js';
import { type JsonObject, isObject, objectOr, ownValue, stringOr, stringsOf } from './json.js';
import type { ServedKind, ServedVersion } from './served-kind.js';

/** Reads a CustomResourceDefinition `v1` that passed `crdFaults`. `revision`: the server's when this schema came into force. */
export function kindFromCrd(crd: JsonObject, revision: number): ServedKind {
  const spec = objectOr(crd['spec']);
  const names = objectOr(spec['names']);
  const versions = listOf(spec['versions']);
  const kind = stringOr(names['kind']) ?? '';
  const conversion = objectOr(spec['conversion']);
  return {
    group: stringOr(spec['group']) ?? '',
    kind,
    plural: stringOr(names['plural']) ?? '',
    singular: stringOr(names['singular']) ?? kind.toLowerCase(),
    listKind: stringOr(names['listKind']) ?? `${kind}List`,
    scope: spec['scope'] === 'Cluster' ? 'Cluster' : 'Namespaced',
    shortNames: stringsOf(names['shortNames']),
    categories: stringsOf(names['categories']),
    versions: versions.map((version) => readVersion(version, spec)),
    storageVersion: stringOr(versions.find((version) => version['storage'] === true)?.['name']) ?? '',
    schemaRevision: revision,
    conversionWebhook: conversion['strategy'] === 'Webhook',
    origin: 'crd',
    builtIn: false,
    hasGeneration: true,
  };
}

function readVersion(version: JsonObject, spec: JsonObject): ServedVersion {
  const raw = objectOr(version['schema'])['openAPIV3Schema'];
  const schema = readStructural(raw);
  const open = spec['preserveUnknownFields'] === true || raw === undefined;
  const subresources = objectOr(version['subresources']);
  return {
    name: stringOr(version['name']) ?? '',
    served: version['served'] === true,
    deprecated: version['deprecated'] === true,
    deprecationWarning: stringOr(version['deprecationWarning']),
    schema: open ? { ...schema, preserveUnknown: true } : schema,
    status: isObject(subresources['status']),
    scale: readScale(subresources['scale']),
    selectableFields: listOf(version['selectableFields']).flatMap((field) => stringOr(field['jsonPath']) ?? []),
    printerColumns: listOf(version['additionalPrinterColumns']).map(readColumn),
  };
}

function readScale(raw: unknown): ScaleSubresource | undefined {
  if (!isObject(raw)) return undefined;
  const labelSelectorPath = stringOr(raw['labelSelectorPath']);
  return {
    specReplicasPath: stringOr(raw['specReplicasPath']) ?? '.spec.replicas',
    statusReplicasPath: stringOr(raw['statusReplicasPath']) ?? '.status.replicas',
    ...(labelSelectorPath === undefined ? {} : { labelSelectorPath }),
  };
}

function readColumn(raw: JsonObject): PrinterColumn {
  return {
    name: stringOr(raw['name']) ?? '',
    type: stringOr(raw['type']) ?? 'string',
    jsonPath: stringOr(raw['jsonPath']) ?? '',
    ...(typeof raw['format'] === 'string' ? { format: raw['format'] } : {}),
    ...(typeof raw['description'] === 'string' ? { description: raw['description'] } : {}),
    ...(typeof raw['priority'] === 'number' ? { priority: raw['priority'] } : {}),
  };
}

/**
 * A `v1beta1` definition as `v1` writes it: its one schema, its subresources and its columns apply to each version.
 * A `v1` definition comes back as it is.
 */
export function asV1(crd: JsonObject): JsonObject {
  if (crd['apiVersion'] !== 'apiextensions.k8s.io/v1beta1') return crd;
  const spec = objectOr(crd['spec']);
  const own = (key: string): unknown => ownValue(spec, key);
  const given = listOf(own('versions'));
  const versions = given.length > 0 ? given : [{ name: own('version'), served: true, storage: true }];
  return {
    ...crd,
    apiVersion: 'apiextensions.k8s.io/v1',
    spec: {
      ...spec,
      scope: own('scope') ?? 'Namespaced',
      versions: versions.map((version) => ({
        schema: own('validation'),
        subresources: own('subresources'),
        // v1beta1 wrote `JSONPath`.
        additionalPrinterColumns: listOf(own('additionalPrinterColumns')).map((column) => ({
          ...column,
          jsonPath: column['JSONPath'] ?? column['jsonPath'],
        })),
        ...version,
      })),
      preserveUnknownFields: own('preserveUnknownFields') ?? true,
    },
  };
}

/** The objects in a list. */
export function listOf(raw: unknown): JsonObject[] {
  return Array.isArray(raw) ? raw.filter(isObject) : [];
}
