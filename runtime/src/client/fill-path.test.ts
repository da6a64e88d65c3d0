import { describe, expect, it } from 'vitest';
import { isKubeError } from '../errors.js';
import { fillPath } from './fill-path.js';

describe('fillPath', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['/version', {}, '/version'],
    ['/pods/{name}', { name: 'a' }, '/pods/a'],
    ['/pods/{name}', { name: 'a?b#c d' }, '/pods/a%3Fb%23c%20d'],
    ['/pets/{id}', { id: 7 }, '/pets/7'],
    ['/{a}/{b}/{a}', { a: '{b}', b: '$&' }, '/%7Bb%7D/%24%26/%7Bb%7D'],
    ['/pods/{name}/proxy/{path}', { name: 'a', path: 'metrics/cadvisor' }, '/pods/a/proxy/metrics/cadvisor'],
    ['/pods/{name}/proxy/{path}', { name: 'a', path: '' }, '/pods/a/proxy/'],
    ['/logs/{logpath}', { logpath: 'pods/web.log' }, '/logs/pods/web.log'],
    ['/pods/{name}/proxy/{path}', { name: 'a', path: 'x//50%' }, '/pods/a/proxy/x//50%25'],
  ])('%s with %j is %3$s', (template, parameters, path) => {
    expect(fillPath(template, parameters)).toBe(path);
  });

  it.each<[string, Record<string, unknown>]>([
    ['/pods/{name}', {}],
    ['/pods/{name}', { name: undefined }],
    ['/pods/{name}', { name: '' }],
    ['/pods/{name}', { name: '.' }],
    ['/pods/{name}', { name: '..' }],
    ['/pods/{name}', { name: 'a/log' }],
    ['/pods/{name}', { name: 'a%2Flog' }],
    ['/pods/{name}', { name: {} }],
    ['/pods/{toString}', {}],
    ['/pods/{name}/proxy/{path}', { name: 'a', path: '../../secrets' }],
    ['/pods/{name}/proxy/{path}', { name: 'a', path: 'x/..' }],
    ['/logs/{logpath}', { logpath: '../api' }],
  ])('%s with %j would be another path: a usage error', (template, parameters) => {
    try {
      fillPath(template, parameters);
      expect.unreachable();
    } catch (error) {
      expect(isKubeError(error) ? error.code : error).toBe('usage');
    }
  });
});
