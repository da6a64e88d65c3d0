import { describe, expect, it } from 'vitest';
import { diagnosticText, inert, secondsText, skippedText, subjectText } from './report.js';

describe('diagnosticText', () => {
  it('names file, line, path and what is wrong', () => {
    expect(
      diagnosticText({
        severity: 'error',
        file: 'crds/foo.yaml',
        line: 41,
        path: 'spec.versions[0].schema.openAPIV3Schema.properties.x',
        message: 'type "strng" is not a JSON type. Did you mean "string"?',
      }),
    ).toBe(
      'crds/foo.yaml:41: spec.versions[0].schema.openAPIV3Schema.properties.x: type "strng" is not a JSON type. Did you mean "string"?',
    );
  });

  it.for([
    ['spec.scope', 'scope must be "Cluster", not text "x"', 'spec.scope: must be "Cluster", not text "x"'],
    ['spec', 'spec is missing', 'spec: is missing'],
    ['spec.keep', 'keep: true is not allowed', 'spec.keep: true is not allowed'],
    ['spec.versions', 'version v1 is there twice', 'spec.versions: version v1 is there twice'],
    ['spec.x.scope', 'scopes differ', 'spec.x.scope: scopes differ'],
  ] as const)('says the field %s once', ([path, message, want]) => {
    expect(diagnosticText({ severity: 'error', file: 'a.yaml', path, message })).toBe(`a.yaml: ${want}`);
  });

  it('calls a warning one, does without what is not known, and ends with the hint', () => {
    expect(diagnosticText({ severity: 'warning', file: 'a.yaml', message: 'is odd' })).toBe('a.yaml: warning: is odd');
    expect(diagnosticText({ severity: 'error', message: 'it is bad', hint: 'Do this.' })).toBe(
      'kube-gen: it is bad. Do this.',
    );
  });

  it('lets no text of a stranger move the cursor, break the line or turn its direction', () => {
    expect(inert('a\u001B[2Jb\nc\u2028d\u009Be')).toBe(String.raw`a\u001b[2Jb\u000ac\u2028d\u009be`);
    expect(inert('a\u202Eb\u2066c é 日本')).toBe(String.raw`a\u202eb\u2066c é 日本`);
  });
});

const resource = (group: string, kind: string, file: string, version = 'v1') => ({ group, version, kind, file });

describe('the last line', () => {
  it('counts kinds, groups and files, each once', () => {
    const resources = [
      resource('a.dev', 'A', 'a.yaml'),
      resource('a.dev', 'A', 'a.yaml', 'v2'),
      resource('a.dev', 'B', 'a.yaml'),
      resource('b.dev', 'A', 'b.yaml'),
    ];
    const line = subjectText({ resources, skipped: {}, sources: 9 }, { out: 'generated' });
    expect(line + secondsText(312)).toBe('3 resources (2 groups) from 2 files -> generated/: (0.3 s)');
  });

  it('knows the singular', () => {
    expect(subjectText({ resources: [resource('a.dev', 'A', 'a.yaml')], skipped: {}, sources: 1 }, { out: 'x' })).toBe(
      '1 resource (1 group) from 1 file -> x/: ',
    );
  });

  it('counts what was skipped, the most frequent first', () => {
    expect(skippedText({ skipped: { Service: 1, Deployment: 12, Role: 1 } })).toBe(
      'skipped 14 documents of other kinds: 12 Deployment, 1 Role, 1 Service',
    );
    expect(skippedText({ skipped: {} })).toBeUndefined();
  });
});
