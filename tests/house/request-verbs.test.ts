import { describe, expect, it } from 'vitest';
import { requestTarget, verbOf } from '../../generator/tools/code-uses/request-target.js';
import { requestInfo } from '../../runtime/src/client/api-path.js';

const paths = [
  '/api/v1/pods',
  '/api/v1/namespaces',
  '/api/v1/namespaces/apps',
  '/api/v1/namespaces/apps/status',
  '/api/v1/namespaces/apps/pods',
  '/api/v1/namespaces/apps/pods/web',
  '/api/v1/namespaces/apps/pods/web/log',
  '/apis/example.dev/v1/foos',
  '/apis/example.dev/v1/namespaces/apps/foos/web/status',
  '/api/v1/namespaces/apps/finalize/more',
  '/version',
  '/healthz/poststarthook/start/more',
  '/apis',
];
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

describe('what a request asks of the authorizer', () => {
  it.each(paths)('is for kube-gen rbac what it is for the error of a 403: %s', (path) => {
    const target = requestTarget(path);
    for (const method of methods) {
      const { verb, resource } = requestInfo(method, path);
      if (target.t !== 'resource') {
        expect({ t: target.t, resource }).toEqual({ t: 'path', resource: undefined });
        continue;
      }
      const { group, plural, subresource, namespace, name, isWatch } = target;
      expect({ group, plural, subresource, namespace, name }).toEqual({
        group: resource?.group,
        plural: resource?.plural,
        subresource: resource?.subresource,
        namespace: resource?.namespace,
        name: resource?.name,
      });
      expect(verbOf(method, { isNamed: name !== undefined, isWatch })).toBe(verb);
    }
  });
});
