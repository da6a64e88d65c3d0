import { describe, expect, it } from 'vitest';
import { showCrd } from '../../tests/support/fidelity-example.js';
import { printSmall } from '../../tests/support/small-crd.js';
import { object, text } from '../../tests/support/schema-words.js';

const list = (items: object): object => ({ type: 'array', items });
const fields = (names: string): object => object(Object.fromEntries(names.split(' ').map((name) => [name, text])));
const large = fields('a b c d e');

/** The whole schema of a kind with these root fields. */
const root = (properties: Record<string, unknown>): { schema: object } => ({ schema: object(properties) });
const typeOf = (module: string, field: string): string | undefined =>
  new RegExp(`readonly ${field}\\??: (.+);`).exec(module)?.[1];
const declares = (module: string, name: string): boolean =>
  new RegExp(`^export interface ${name}\\b`, 'm').test(module);

describe('which of its places a shared type is called after', () => {
  it('F31 of places as far from the root the one with the shortest name, as "match" is more usual than "exclude"', (context) => {
    const crd = { spec: object({ rules: list(object({ exclude: large, match: large })) }) };
    const { text: module } = printSmall(crd);
    showCrd(context, crd);
    expect(typeOf(module, 'match')).toBe('FooSpecRuleMatch');
    expect(typeOf(module, 'exclude')).toBe('FooSpecRuleExclude');
    expect(module).toContain('export interface FooSpecRuleExclude extends FooSpecRuleMatch {}');
  });

  it('F31 nothing that is written in spec is called after a place elsewhere, even if that is nearer to the root', () => {
    const { text: module } = printSmall(
      root({
        operation: object({ retry: large }),
        spec: object({ syncPolicy: object({ automated: object({ again: large }) }) }),
        status: object({ last: large }),
      }),
    );
    for (const field of ['again', 'retry', 'last'])
      expect(typeOf(module, field)).toBe('FooSpecSyncPolicyAutomatedAgain');
    expect(module).toContain('export type FooOperationRetry = FooSpecSyncPolicyAutomatedAgain;');
    expect(module).toContain('export type FooStatusLast = FooSpecSyncPolicyAutomatedAgain;');
  });

  it('F31 the conditions of status are the Conditions of a kind, whatever embeds others deep in its spec', () => {
    const own = fields('lastTransitionTime message reason status type observedGeneration');
    const other = fields('lastTransitionTime message reason status type lastProbeTime');
    const { text: module } = printSmall(
      root({
        spec: object({ template: object({ status: object({ deep: list(other) }) }) }),
        status: object({ conditions: list(own) }),
      }),
    );
    expect(typeOf(module, 'conditions')).toBe('readonly FooCondition[]');
    expect(typeOf(module, 'deep')).toBe('readonly FooSpecTemplateStatusDeep[]');
  });

  it('F31 small objects are shared where they have one name too, and only there', () => {
    const small = fields('enabled group');
    const { text: module } = printSmall({
      spec: object({
        redshift: object({ logging: small }),
        s3: object({ logging: small, loggers: list(small) }),
        splunk: object({ logging: fields('enabled') }),
      }),
    });
    expect(module.match(/readonly logging\?: .+;/g)).toEqual([
      'readonly logging?: FooSpecS3Logging;',
      'readonly logging?: FooSpecS3Logging;',
      'readonly logging?: FooSpecSplunkLogging;',
    ]);
    expect(module).toContain('export type FooSpecRedshiftLogging = FooSpecS3Logging;');
    expect(typeOf(module, 'loggers')).toBe('readonly FooSpecS3Logger[]');
    expect(declares(module, 'FooSpecS3Logger')).toBe(true);
  });

  it('F31 what repeats the whole spec is the spec', () => {
    const { text: module } = printSmall(
      root({ spec: large, status: object({ generated: list(object({ spec: large, more: large })) }) }),
    );
    expect(typeOf(module, 'more')).toBe('FooSpec');
    expect(module).toContain('export type FooStatusGeneratedSpec = FooSpec;');
    expect(module).toContain('export type FooStatusGeneratedMore = FooSpec;');
  });

  it('F31 a well-known type that is the spec, too, has its well-known name elsewhere', () => {
    const selector = fields('matchExpressions matchLabels');
    const { text: module } = printSmall(root({ spec: selector, status: object({ used: object({ by: selector }) }) }));
    expect(declares(module, 'FooSpec')).toBe(true);
    expect(typeOf(module, 'by')).toBe('FooLabelSelector');
  });

  it('F28 what every Crossplane resource has needs no word to say where it stands', (context) => {
    const crd = root({
      spec: object({ forProvider: object({ vpc: large }), initProvider: object({ vpc: fields('a b c d e f') }) }),
      status: object({ atProvider: object({ vpc: fields('a b c d e g') }) }),
    });
    const { text: module } = printSmall(crd);
    showCrd(context, crd);
    expect(typeOf(module, 'forProvider')).toBe('FooForProvider');
    expect(module.match(/readonly vpc\?: .+;/g)).toEqual([
      'readonly vpc?: FooForProviderVpc;',
      'readonly vpc?: FooInitProviderVpc;',
      'readonly vpc?: FooAtProviderVpc;',
    ]);
  });

  it.each([
    [
      'spec.provider',
      root({ spec: object({ provider: object({ forProvider: large }) }) }),
      'FooSpecProviderForProvider',
    ],
    ['status', root({ status: object({ forProvider: large }) }), 'FooStatusForProvider'],
  ])('F28 forProvider below %s is called after its path', (_, crd, name) => {
    expect(typeOf(printSmall(crd).text, 'forProvider')).toBe(name);
  });
});
