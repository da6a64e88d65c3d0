import { version } from '../version.js';

/** What a client calls itself when the user names nothing else. */
export function userAgentOf(platform?: string): string {
  return `kube-gen/${version}${platform === undefined ? '' : ` (${platform})`}`;
}
