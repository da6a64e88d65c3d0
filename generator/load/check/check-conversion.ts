import { checkFields, type Fields } from './check-fields.js';
import { isLabel, isSubdomain } from './check-names.js';
import type { PartReport } from '../fault.js';
import { describe, field, isMap, quote, type JsonMap } from '../json-value.js';

/** Checks how objects are converted between the versions of a v1 CRD: warnings only, since no type depends on it. */
export function checkConversion(value: unknown, report: PartReport): void {
  if (value === undefined) return;
  if (!isMap(value)) return report.warning(`conversion must be a map, not ${describe(value)}`);
  checkFields({ map: value, what: 'conversion', report }, { strategy: 'any', webhook: 'map' });
  const strategy = field(value, 'strategy') ?? '';
  const webhook = field(value, 'webhook');
  if (strategy !== 'None' && strategy !== 'Webhook') {
    const message = `the strategy of a conversion is None or Webhook, not ${describe(strategy)}`;
    report.below('strategy').warning(message);
  } else if (strategy === 'Webhook' && webhook === undefined) {
    report.warning('the strategy Webhook needs webhook');
  }
  if (isMap(webhook)) checkWebhook(webhook, report.below('webhook'), strategy === 'Webhook');
}

const webhookFields: Fields = { clientConfig: 'map', conversionReviewVersions: 'texts' };
const clientFields: Fields = { url: 'text', service: 'map', caBundle: 'base64' };
const serviceFields: Fields = { namespace: 'text', name: 'text', path: 'text', port: 'integer' };

function checkWebhook(webhook: JsonMap, report: PartReport, isUsed: boolean): void {
  checkFields({ map: webhook, what: 'webhook', report }, webhookFields);
  const client = field(webhook, 'clientConfig');
  const given = field(webhook, 'conversionReviewVersions');
  const versions: unknown[] = Array.isArray(given) ? given : [];
  if (isMap(client)) checkClient(client, report.below('clientConfig'), isUsed);
  else if (isUsed && client === undefined) report.warning('a webhook needs clientConfig');
  if (isUsed) checkReviewVersions(versions, report.below('conversionReviewVersions'));
  else if (client !== undefined || versions.length > 0) report.warning('webhook belongs to the strategy Webhook');
}

function checkReviewVersions(versions: readonly unknown[], report: PartReport): void {
  if (new Set(versions).size < versions.length) report.warning('a version stands there twice');
  if (!versions.some((version) => version === 'v1' || version === 'v1beta1'))
    report.warning(`conversionReviewVersions must have ${quote('v1')} or ${quote('v1beta1')} in it`);
  for (const [i, given] of versions.entries()) {
    // Null is an empty text to the API server; what is no text is told above.
    const version = given ?? '';
    if (typeof version === 'string' && !isLabel(version))
      report.below(i).warning(`a version is a lower-case name such as "v1", not ${quote(version)}`);
  }
}

function checkClient(client: JsonMap, report: PartReport, isUsed: boolean): void {
  checkFields({ map: client, what: 'clientConfig', report }, clientFields);
  const service = field(client, 'service');
  const url = field(client, 'url');
  if (isMap(service)) checkService(service, report.below('service'), isUsed);
  if (isUsed && typeof url === 'string') checkUrl(url, report.below('url'));
  if (isUsed && (url === undefined) === (service === undefined))
    report.warning('a webhook needs exactly one of url and service');
}

/** A host and a path as Go reads them; what stands in brackets depends on the version of Go. */
const webhookUrl =
  /^https:\/\/(?=[^/?#])(?:\[[^\]\s{}\\^`|]*\]|(?:[\w.~!$&'()*+,;=<>"\u{80}-\u{10ffff}-]|%[89a-f][\da-f])*)(?::\d*)?(?:\/(?:[^%?#\p{Cc}]|[\u{80}-\u{9f}]|%[\da-f]{2})*)?\??#?$/iu;

/** Of longer ones only the beginning is looked at. */
const longestUrl = 10_000;

function checkUrl(url: string, report: PartReport): void {
  if (!/^https:\/\//i.test(url)) {
    report.warning(`the URL of a webhook begins with https://, not as ${quote(url)} does`);
  } else if (url.length <= longestUrl && !webhookUrl.test(url)) {
    const wanted = 'the URL of a webhook has a host and a path alone, such as "https://example.com/convert"';
    report.warning(`${wanted}, not ${quote(url)}`);
  }
}

function checkService(service: JsonMap, report: PartReport, isUsed: boolean): void {
  checkFields({ map: service, what: 'service', report }, serviceFields);
  if (!isUsed) return;
  for (const key of ['namespace', 'name']) {
    if ((field(service, key) ?? '') === '') report.warning(`a service needs ${key}`);
  }
  const [port, path] = [field(service, 'port'), field(service, 'path')];
  if (typeof port === 'number' && (port < 1 || port > 65_535)) report.below('port').warning(`${port} is no port`);
  if (typeof path === 'string' && !isServicePath(path)) {
    const wanted = 'the path of a service has lower-case names between its slashes, such as "/convert/foos"';
    report.below('path').warning(`${wanted}, not ${quote(path)}`);
  }
}

function isServicePath(path: string): boolean {
  if (path === '' || path === '/') return true;
  const names = path.slice(1).replace(/\/$/, '').split('/');
  return path.startsWith('/') && names.every(isSubdomain);
}
