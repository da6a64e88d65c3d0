import type { Target } from '../state/api-state.js';
import { apiVersionFor } from '../state/served-kind.js';

/** What a client is told about the version that it uses. */
export function versionWarnings({ kind, version }: Pick<Target, 'kind' | 'version'>): string[] {
  const name = `${apiVersionFor(kind, version.name)} ${kind.kind}`;
  const warnings: string[] = [];
  if (version.deprecated) warnings.push(version.deprecationWarning ?? `${name} is deprecated`);
  if (kind.conversionWebhook && version.name !== kind.storageVersion) {
    warnings.push(
      `the embedded API server does not call the conversion webhook of ${name}: only apiVersion is converted`,
    );
  }
  return warnings;
}
