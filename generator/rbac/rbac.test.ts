import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alikeUses } from '../../tests/support/rbac/alike-uses.js';
import { answerUses, changedAnswers } from '../../tests/support/rbac/answer-uses.js';
import { clientUses } from '../../tests/support/rbac/client-uses.js';
import { objectUses } from '../../tests/support/rbac/object-uses.js';
import { ordinaryUses } from '../../tests/support/rbac/ordinary-uses.js';
import { portUses } from '../../tests/support/rbac/port-uses.js';
import { reflectorUses } from '../../tests/support/rbac/reflector-uses.js';
import { renamedUses } from '../../tests/support/rbac/renamed-uses.js';
import { requestUses } from '../../tests/support/rbac/request-uses.js';
import { structuralUses } from '../../tests/support/rbac/structural-uses.js';
import { teamUses } from '../../tests/support/rbac/team-uses.js';
import { unfollowedUses } from '../../tests/support/rbac/unfollowed-uses.js';
import { valueUses } from '../../tests/support/rbac/value-uses.js';
import type { UseRow } from '../../tests/support/rbac/use-row.js';
import { rbacProject } from '../../tests/support/rbac-project.js';
import { findUses } from '../tools/code-uses/find-uses.js';
import type { FoundCode } from '../tools/code-uses/found.js';
import { openProject } from '../tools/code-uses/open-project.js';
import { rbac } from './rbac.js';

const head = `import { connect, Reflector, defineResource, edit, type Client, type Cluster, type ResourceClient, type ResourceDefinition, type ScaleClient, type KubernetesObject } from '@kube-gen/runtime';
import { Foo, FooReflector, type FooManifest } from './generated/example.kube-gen.dev/v1/foo.js';
import { Deployment, DeploymentReflector } from '@kube-gen/kinds/apps/v1/deployment';
import { Pod, PodReflector } from '@kube-gen/kinds/core/v1/pod';
import { Node, NodeReflector } from '@kube-gen/kinds/core/v1/node';
import * as core from '@kube-gen/kinds/core/v1';
declare const cluster: Cluster;
declare const text: string;
declare const foo: Foo;
`;

const rows: readonly UseRow[] = [
  ...reflectorUses,
  ...clientUses,
  ...requestUses,
  ...valueUses,
  ...alikeUses,
  ...renamedUses,
  ...teamUses,
  ...objectUses,
  ...structuralUses,
  ...portUses,
  ...ordinaryUses,
  ...unfollowedUses,
];

function filesOf({ code, files = {} }: UseRow, i: number): [string, string][] {
  const main = `${head}${code.replaceAll('./ROW/', `./row-${i}/`)}\nexport {};\n`;
  return [
    [`row-${i}.ts`, main],
    ...Object.entries(files).map(([name, text]): [string, string] => [`row-${i}/${name}`, text]),
  ];
}

/** What is set anywhere in a project counts for all objects in it, so that some have one of their own. */
const projects = [
  { what: 'rbac', rows },
  { what: 'rbac of objects that the server answered with', rows: answerUses },
  ...changedAnswers.map((row) => ({ what: 'rbac of an object that is changed', rows: [row] })),
];

describe.each(projects)('$what', ({ rows }) => {
  let folder: string;
  let code: FoundCode;

  beforeAll(() => {
    folder = rbacProject(Object.fromEntries(rows.flatMap(filesOf)));
    const project = openProject({ tsconfig: folder, isExcluded: () => false });
    if (!('program' in project)) throw new Error(JSON.stringify(project));
    code = findUses(project);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(rows.map((row, i) => ({ ...row, i })))('$what: $want', ({ want, says = [], i }) => {
    const isHere = ({ place }: { place: { file: string } }): boolean => new RegExp(`/row-${i}[./]`).test(place.file);
    const { roles, diagnostics } = rbac(
      {
        ...code,
        uses: code.uses.filter(isHere),
        paths: code.paths.filter(isHere),
        unfollowed: code.unfollowed.filter(isHere),
        connections: [],
      },
      'home',
    );
    const rules = roles.flatMap(({ namespace = '*', rules }) =>
      rules.map(({ resources, resourceNames, nonResourceURLs = [], verbs }) => {
        const names = resourceNames === undefined ? '' : `{${resourceNames.join()}}`;
        return `${namespace}: ${[...resources, ...nonResourceURLs].join()}${names} ${verbs.join()}`;
      }),
    );
    expect(rules).toEqual(want);
    expect(diagnostics.map(({ message }) => message)).toEqual(
      says.map((part) => expect.stringContaining(part) as string),
    );
  });
});
