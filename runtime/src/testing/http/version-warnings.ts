import type { Target } from '../state/api-state.js';
import { compareVersions } from '../state/discovery.js';
import { apiVersionFor, type ServedKind, type ServedVersion } from '../state/served-kind.js';

/** What a client is told about the version that it uses. */
export function versionWarnings({ kind, version }: Pick<Target, 'kind' | 'version'>): string[] {
  const name = `${apiVersionFor(kind, version.name)} ${kind.kind}`;
  const warnings: string[] = [];
  if (version.deprecated)
    warnings.push(version.deprecationWarning ?? `${name} is deprecated${replacement(kind, version)}`);
  if (kind.conversionWebhook && version.name !== kind.storageVersion) {
    warnings.push(
      `the embedded API server does not call the conversion webhook of ${name}: only apiVersion is converted`,
    );
  }
  return warnings;
}

function replacement(kind: ServedKind, version: ServedVersion): string {
  const better = kind.versions
    .filter((other) => other.served && !other.deprecated && compareVersions(other.name, version.name) < 0)
    .map((other) => other.name)
    .sort(compareVersions)[0];
  return better === undefined ? '' : `; use ${apiVersionFor(kind, better)} ${kind.kind}`;
}
