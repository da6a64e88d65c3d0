import { describe, expect, it } from 'vitest';
import { discoveryOf, factsOf, withEnums } from './server-facts.js';

describe('what a server tells beyond the published documents', () => {
  const text = { type: 'string' };
  const phase = { ...text, enum: ['Ready', 'Gone'] };
  const documentWith = (schema: object): string =>
    JSON.stringify({
      swagger: '2.0',
      info: { version: 'v1.0.0' },
      definitions: {
        Claim: {
          properties: {
            phase: schema,
            phases: { type: 'array', items: schema },
            byName: { type: 'object', additionalProperties: schema },
          },
        },
      },
    });

  it('F15 enums of a field, of the items of a list and of the values of a map are added to a document without', () => {
    const facts = factsOf([documentWith(phase)]);
    const values = ['Gone', 'Ready'];
    expect(facts.enums).toEqual({ Claim: { phase: values, 'phases[]': values, 'byName{}': values } });
    expect(JSON.parse(withEnums(documentWith(text), facts))).toEqual(
      JSON.parse(documentWith({ ...text, enum: values })),
    );
  });

  it('names are written down as discovery tells them', () => {
    const resource = { resource: 'pods', singularResource: 'pod', shortNames: ['po'], categories: ['all'] };
    const discovery = JSON.stringify({
      kind: 'APIGroupDiscoveryList',
      apiVersion: 'apidiscovery.k8s.io/v2',
      items: [{ metadata: { name: '' }, versions: [{ version: 'v1', resources: [resource] }] }],
    });
    const facts = factsOf([discovery]);
    expect(facts.names).toEqual({ '/v1/pods': { singular: 'pod', shortNames: ['po'], categories: ['all'] } });
    expect(discoveryOf(facts)).toBe(discovery);
  });
});
