import { checkCrd, type CrdDocument } from './check/check-crd.js';
import { createFaultList } from './fault.js';
import { field, isMap, textAt, type JsonMap } from './json-value.js';
import type { LocatedFault } from './located.js';

/** A part of a CRD that a tool merges into the rest of it, as Kustomize does with the `patches/` of kubebuilder. */
export interface CrdPatch {
  /** Of the CRD that it is for. */
  readonly name: string;
  /** What is wrong with it as a CRD, should there be none of that name. */
  readonly faults: readonly LocatedFault[];
}

/** What each CRD has, and a patch never needs. */
const heads = ['group', 'names', 'scope', 'versions', 'version'];

/** What a CRD document is a patch for, which has a name and nothing that makes a resource; `undefined` for a CRD. */
export function asPatch(crd: CrdDocument): CrdPatch | undefined {
  const spec = field(crd.document, 'spec') ?? {};
  const name = crdName(crd.document);
  if (name === undefined || !isMap(spec) || heads.some((key) => field(spec, key) !== undefined)) return undefined;
  const faults = createFaultList();
  checkCrd(crd, faults);
  return { name, faults: faults.end().map((fault) => ({ fault, source: crd.source })) };
}

/** The name of a CRD as it is written. */
export function crdName(document: JsonMap): string | undefined {
  return textAt(document, 'metadata', 'name');
}
