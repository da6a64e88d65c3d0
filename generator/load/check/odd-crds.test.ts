import { describe, expect, it } from 'vitest';
import { crdWithHead, refusedHeads, takenHeads } from '../../../tests/support/odd-crds/odd-heads.js';
import { crdWith, type OddVersion } from '../../../tests/support/odd-crds/odd-version.js';
import { refusedCrds } from '../../../tests/support/odd-crds/refused-crds.js';
import { refusedResources, takenResources } from '../../../tests/support/odd-crds/odd-resources.js';
import { refusedDefaults, unsaidDefaults } from '../../../tests/support/odd-crds/refused-defaults.js';
import { takenCrds } from '../../../tests/support/odd-crds/taken-crds.js';
import { checkRules } from '../cel/check-rules.js';
import { checkCosts } from '../cel/cost/check-costs.js';
import { checkCrd } from './check-crd.js';
import type { RuledNode } from './schema-place.js';
import { createFaultList } from '../fault.js';

/** What is said of a CRD. A real API server confirms each verdict (tests/cluster). */
function saidOf(document: Readonly<Record<string, unknown>>): string[] {
  const faults = createFaultList();
  const ruled: RuledNode[] = [];
  const source = { file: 'odd.yaml', document: 0 };
  checkCrd({ document, apiVersion: 'apiextensions.k8s.io/v1', source, path: [] }, faults, ruled);
  checkCosts(checkRules(ruled, faults), faults);
  return faults.end().map(({ message }) => message);
}

const said = (version: OddVersion): string[] => saidOf(crdWith(version));

const titled = <T>(versions: readonly T[]): [title: string, version: T][] =>
  versions.map((version) => [JSON.stringify(version).slice(0, 200), version]);

describe('CRDs near the line between what an API server takes and what it refuses', () => {
  it.each(titled([...takenCrds, ...takenResources]))('V20 nothing is said of %s', (_title, version) => {
    expect(said(version)).toEqual([]);
  });

  it.each(titled([...refusedCrds, ...refusedDefaults, ...refusedResources]))(
    'F37, V19 there is a warning or an error for %s',
    (_title, version) => {
      expect(said(version)).not.toEqual([]);
    },
  );

  it.each(titled(unsaidDefaults))('nothing is said of %s, which is refused', (_title, version) => {
    expect(said(version)).toEqual([]);
  });

  it.each(titled(takenHeads))('V20 nothing is said of a CRD with %s', (_title, head) => {
    expect(saidOf(crdWithHead(head))).toEqual([]);
  });

  it.each(titled(refusedHeads))('F37, V19 there is one warning for a CRD with %s', (_title, head) => {
    expect(saidOf(crdWithHead(head))).toHaveLength(1);
  });
});
