import { checkFields, type Fields } from './check-fields.js';
import { isLabel, isSubdomain } from './check-names.js';
import type { DocumentPath } from '../document-path.js';
import type { FaultList } from '../fault.js';
import { describe, field, isMap, quote, type JsonMap } from '../json-value.js';

/** Checks how objects are converted between the versions of a v1 CRD: warnings only, since no type depends on it. */
export function checkConversion(value: unknown, path: DocumentPath, faults: FaultList): void {
  if (value === undefined) return;
  if (!isMap(value)) return faults.warning(path, `conversion must be a map, not ${describe(value)}`);
  checkFields({ map: value, what: 'conversion', path, faults }, { strategy: 'any', webhook: 'map' });
  const strategy = field(value, 'strategy') ?? '';
  const webhook = field(value, 'webhook');
  if (strategy !== 'None' && strategy !== 'Webhook') {
    faults.warning([...path, 'strategy'], `the strategy of a conversion is None or Webhook, not ${describe(strategy)}`);
  } else if (strategy === 'Webhook' && webhook === undefined) {
    faults.warning(path, 'the strategy Webhook needs webhook');
  }
  if (isMap(webhook)) checkWebhook(webhook, [...path, 'webhook'], { isUsed: strategy === 'Webhook', faults });
}

const webhookFields: Fields = { clientConfig: 'map', conversionReviewVersions: 'texts' };
const clientFields: Fields = { url: 'text', service: 'map', caBundle: 'base64' };
const serviceFields: Fields = { namespace: 'text', name: 'text', path: 'text', port: 'integer' };

function checkWebhook(
  webhook: JsonMap,
  path: DocumentPath,
  { isUsed, faults }: { readonly isUsed: boolean; readonly faults: FaultList },
): void {
  checkFields({ map: webhook, what: 'webhook', path, faults }, webhookFields);
  const client = field(webhook, 'clientConfig');
  const versions = field(webhook, 'conversionReviewVersions');
  if (isMap(client)) checkClient(client, [...path, 'clientConfig'], { isUsed, faults });
  else if (isUsed && client === undefined) faults.warning(path, 'a webhook needs clientConfig');
  if (!isUsed) {
    const isEmpty = client === undefined && (!Array.isArray(versions) || versions.length === 0);
    if (!isEmpty) faults.warning(path, 'webhook belongs to the strategy Webhook');
  } else {
    checkReviewVersions(Array.isArray(versions) ? versions : [], [...path, 'conversionReviewVersions'], faults);
  }
}

function checkReviewVersions(versions: readonly unknown[], path: DocumentPath, faults: FaultList): void {
  if (new Set(versions).size < versions.length) faults.warning(path, 'a version stands there twice');
  if (!versions.some((version) => version === 'v1' || version === 'v1beta1'))
    faults.warning(path, `conversionReviewVersions must have ${quote('v1')} or ${quote('v1beta1')} in it`);
  for (const [i, given] of versions.entries()) {
    // Null is an empty text to the API server; what is no text is told above.
    const version = given ?? '';
    if (typeof version === 'string' && !isLabel(version))
      faults.warning([...path, i], `a version is a lower-case name such as "v1", not ${quote(version)}`);
  }
}

function checkClient(
  client: JsonMap,
  path: DocumentPath,
  { isUsed, faults }: { readonly isUsed: boolean; readonly faults: FaultList },
): void {
  checkFields({ map: client, what: 'clientConfig', path, faults }, clientFields);
  const service = field(client, 'service');
  const url = field(client, 'url');
  if (isMap(service)) checkService(service, [...path, 'service'], { isUsed, faults });
  if (isUsed && typeof url === 'string') checkUrl(url, [...path, 'url'], faults);
  if (isUsed && (url === undefined) === (service === undefined))
    faults.warning(path, 'a webhook needs exactly one of url and service');
}

/** A host and a path as Go reads them; what stands in brackets depends on the version of Go. */
const webhookUrl =
  /^https:\/\/(?=[^/?#])(?:\[[^\]\s{}\\^`|]*\]|(?:[\w.~!$&'()*+,;=<>"\u{80}-\u{10ffff}-]|%[89a-f][\da-f])*)(?::\d*)?(?:\/(?:[^%?#\p{Cc}]|[\u{80}-\u{9f}]|%[\da-f]{2})*)?\??#?$/iu;

/** Of longer ones only the beginning is looked at. */
const longestUrl = 10_000;

function checkUrl(url: string, path: DocumentPath, faults: FaultList): void {
  if (!/^https:\/\//i.test(url)) {
    faults.warning(path, `the URL of a webhook begins with https://, not as ${quote(url)} does`);
  } else if (url.length <= longestUrl && !webhookUrl.test(url)) {
    const wanted = 'the URL of a webhook has a host and a path alone, such as "https://example.com/convert"';
    faults.warning(path, `${wanted}, not ${quote(url)}`);
  }
}

function checkService(
  service: JsonMap,
  path: DocumentPath,
  { isUsed, faults }: { readonly isUsed: boolean; readonly faults: FaultList },
): void {
  checkFields({ map: service, what: 'service', path, faults }, serviceFields);
  for (const key of ['namespace', 'name']) {
    if (isUsed && (field(service, key) ?? '') === '') faults.warning(path, `a service needs ${key}`);
  }
  const [port, below] = [field(service, 'port'), field(service, 'path')];
  if (isUsed && typeof port === 'number' && (port < 1 || port > 65_535))
    faults.warning([...path, 'port'], `${port} is no port`);
  if (isUsed && typeof below === 'string' && !isServicePath(below)) {
    const wanted = 'the path of a service has lower-case names between its slashes, such as "/convert/foos"';
    faults.warning([...path, 'path'], `${wanted}, not ${quote(below)}`);
  }
}

function isServicePath(path: string): boolean {
  if (path === '' || path === '/') return true;
  const names = path.slice(1).replace(/\/$/, '').split('/');
  return path.startsWith('/') && names.every(isSubdomain);
}
