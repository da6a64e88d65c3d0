import { describe, expect, it } from 'vitest';
import { isAloneInScript } from './stop-signals.js';

describe('isAloneInScript', () => {
  it.each(['kube-gen', "'kube-gen'", '"kube-gen"', 'kube-gen serve crds/ --port 8001', 'kube-gen crds --watch > log'])(
    'is true where npm runs nothing else: %s',
    (script) => expect(isAloneInScript(script)).toBe(true),
  );

  it.each([
    undefined,
    'kube-gen serve crds/ &',
    'kube-gen serve crds/ --port 8001 & wait-on tcp:8001',
    'kube-gen crds && tsc',
    'kube-gen serve crds; true',
    'nohup kube-gen serve crds/',
    './test.sh',
    'kube-gen-other serve',
    "'kube-gen",
  ])('is false where the command may be meant to outlive the script: %s', (script) =>
    expect(isAloneInScript(script)).toBe(false),
  );
});
