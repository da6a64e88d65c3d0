/** Writes docs/conformance.md from the differences that the comparison with a real API server knows. */
import { writeFileSync } from 'node:fs';
import { type KnownDifference, knownDifferences } from '../tests/conformance/known-differences.js';
import { readScenarios } from '../tests/conformance/read-scenarios.js';
import { writeScenarios } from '../tests/conformance/write-scenarios.js';

const scenarios = Object.keys({ ...writeScenarios, ...readScenarios });

/** What the suite ran on: written down by hand after a run on each, with as many tests as it had then. */
const servers = [
  ['kube-apiserver 1.37.2', '324 of 324', ''],
  ['1.37.2 with `--feature-gates=WatchList=false`', '324 of 324', ''],
  [
    '1.31.14',
    '314 of 324',
    'rules in CEL, which it judges in its own way; what only 1.37.2 tells in its OpenAPI documents; a wrong member of an enum that 1.31 does not check',
  ],
  [
    '1.37.2 as somebody else’s cluster (`KUBE_GEN_TEST_KUBECONFIG`)',
    '94 of 324',
    'what stops an API server or etcd, looks into its data or needs users of its own',
  ],
  ['1.37.2 from `KUBEBUILDER_ASSETS`', '324 of 324', ''],
] as const;

/** A table of differences, each once, with the scenarios in which it shows. */
function table(differences: readonly KnownDifference[]): string[] {
  const rows = new Map<string, Set<string>>();
  for (const { scenario, why } of differences) rows.set(why, (rows.get(why) ?? new Set()).add(scenario));
  return [
    '| what differs | in |',
    '| --- | --- |',
    ...[...rows].map(([why, where]) => `| ${why} | ${[...where].join(', ')} |`),
  ];
}

const text = [
  '# The embedded API server beside a real one',
  '',
  'Made by `npm run regenerate` from `tests/conformance/known-differences.ts`.',
  '',
  '`startApiServer()` and `kube-gen serve` are there to be believed: `npm run test:cluster` puts the same requests and watches to them and to a real kube-apiserver, and compares the answers field by field: status codes, reasons, messages, warnings, defaults, the meaning of resource versions, the order of events, bookmarks, the texts of 410. Any difference that is not in this list fails the test, and so does one in this list that is gone.',
  '',
  `Compared: ${scenarios.join(', ')}. Times, uids and versions are compared by whether they are there; who manages which field is told more simply than a real server does.`,
  '',
  '## Differences',
  '',
  ...table(knownDifferences.filter(({ upTo }) => upTo === undefined)),
  '',
  'The embedded server follows the newest release. Kubernetes 1.31 says some things in its own way:',
  '',
  ...table(knownDifferences.filter(({ upTo }) => upTo !== undefined)),
  '',
  '## Servers',
  '',
  'CI runs the whole of `npm run test:cluster`, which compares all of this and more, on the first of these. Each passed what it did not leave out, of as many tests as there were then:',
  '',
  '| server | passed | left out |',
  '| --- | --- | --- |',
  ...servers.map((row) => `| ${row.join(' | ')} |`),
  '',
  '`CONTRIBUTING.md` says how to run it on another one. Without streaming lists the embedded server has its own turned off (`watchList: false`), so that both are compared in what they refuse.',
  '',
  '## What it does not do',
  '',
  'It says so, with 501 and a sentence: server-side apply, strategic merge patches, protobuf (in which `kubectl create namespace` and its like are sent), OpenAPI v2, and what needs a node (`exec`, `logs`, `port-forward`). Rules in CEL, admission, garbage collection and conversion webhooks are not there; a version that would need a webhook answers with a warning. Built-in kinds are taken without a schema.',
  '',
  '## kubectl',
  '',
  'A current kubectl works on it: `api-resources`, `get` with the columns of the CRD, `describe`, `create`, client-side `apply` and `diff` of custom resources, `label`, `annotate`, `patch --type=merge`, `scale`, `delete`, `get --watch`, `wait`, `explain`. `npm run test:cluster` tries each.',
  '',
].join('\n');

writeFileSync(new URL('../docs/conformance.md', import.meta.url), text);
