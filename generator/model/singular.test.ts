import { describe, expect, it } from 'vitest';
import { singular } from './singular.js';

const cases: readonly (readonly [given: string, want: string])[] = [
  ['rules', 'rule'],
  ['backendRefs', 'backendRef'],
  ['hostAliases', 'hostAlias'],
  ['matches', 'match'],
  ['patches', 'patch'],
  ['caches', 'cache'],
  ['addresses', 'address'],
  ['scrapeClasses', 'scrapeClass'],
  ['statuses', 'status'],
  ['warehouses', 'warehouse'],
  ['databases', 'database'],
  ['releases', 'release'],
  ['responses', 'response'],
  ['clauses', 'clause'],
  ['policies', 'policy'],
  ['networkPolicies', 'networkPolicy'],
  ['cookies', 'cookie'],
  ['prefixes', 'prefix'],
  ['meshes', 'mesh'],
  ['sizes', 'size'],
  ['values', 'value'],
  ['keys', 'key'],
  ['schemas', 'schema'],
  ['replicas', 'replica'],
  ['queryParams', 'queryParam'],
  ['podIPs', 'podIP'],
  ['URLs', 'URL'],
  ['match_labels', 'match_label'],
  // No plurals.
  ['status', 'status'],
  ['class', 'class'],
  ['analysis', 'analysis'],
  ['ingress', 'ingress'],
  ['dns', 'dns'],
  ['tls', 'tls'],
  ['DNS', 'DNS'],
  ['https', 'https'],
  ['cors', 'cors'],
  ['alias', 'alias'],
  ['series', 'series'],
  ['corsRule', 'corsRule'],
  ['env', 'env'],
  ['ids', 'ids'],
  ['s', 's'],
  ['', ''],
  ['日本', '日本'],
];

describe('the name of one item', () => {
  it.each(cases)('F28 of a list called %j is %j', (given, want) => {
    expect(singular(given)).toBe(want);
  });
});
