import nodeModule from 'node:module';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { rbacProject } from '../../../tests/support/rbac-project.js';
import { findUses } from './find-uses.js';
import { openProject } from './open-project.js';

const main = `import { connect } from '@kube-gen/runtime';
import { Foo } from './generated/example.kube-gen.dev/v1/foo.js';
import { none } from '@kube-gen/none';
const cluster = await connect();
await cluster.resource(Foo).get('a', { namespace: 'b' });
export { none };
`;

/** A project without packages beside it, and the folder of an archive that has the runtime in its `node_modules`. */
function project(text: string): { folder: string; archive: string } {
  const folder = rbacProject({ 'main.ts': text, 'archive/package.json': '{}' }, { paths: {} });
  const archive = join(folder, 'archive');
  mkdirSync(join(archive, 'node_modules/@kube-gen'), { recursive: true });
  const runtime = fileURLToPath(new URL('../../../runtime', import.meta.url));
  symlinkSync(runtime, join(archive, 'node_modules/@kube-gen/runtime'));
  return { folder, archive };
}

/** Makes Node know packages as Yarn does it. */
function plugIn(archive: string): void {
  const resolveToUnqualified = (specifier: string): string => {
    if (specifier.startsWith('@kube-gen/runtime')) return `${archive}/node_modules/${specifier}`;
    throw Object.assign(new Error('no dependency'), { code: 'UNDECLARED_DEPENDENCY' });
  };
  Object.assign(nodeModule, { findPnpApi: vi.fn(() => ({ resolveToUnqualified })) });
}

afterEach(() => {
  Reflect.deleteProperty(nodeModule, 'findPnpApi');
});

describe('a project under Yarn Plug and Play', () => {
  it('finds its packages where Yarn says', async () => {
    const { folder, archive } = project(main.replaceAll(/.*none.*\n/g, ''));
    plugIn(archive);
    const opened = openProject({ tsconfig: folder, isExcluded: () => false });
    if (!('program' in opened)) throw new Error(JSON.stringify(opened));
    expect(findUses(opened).uses).toMatchObject([{ resource: { plural: 'foos' } }]);
  });

  it('says which packages are not there', () => {
    const { folder, archive } = project(main);
    plugIn(archive);
    const opened = openProject({ tsconfig: folder, isExcluded: () => false });
    expect(opened).toMatchObject([{ message: 'cannot find the module "@kube-gen/none"' }]);
  });
});
