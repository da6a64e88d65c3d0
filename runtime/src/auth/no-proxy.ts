import { BlockList, isIP, isIPv6 } from 'node:net';
import { domainToASCII } from 'node:url';

/**
 * Whether an address is reached without the proxy of the environment: this machine, and what the list of NO_PROXY names: `*`, host
 * names (with all names below them; with a dot before, only these), addresses, networks (CIDR), each but networks with a port.
 */
export function isExempt(url: URL, list: string): boolean {
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1').toLowerCase();
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  if (isLoopback(host)) return true;
  return list
    .split(',')
    .map((entry) => entry.trim().toLowerCase())
    .some((entry) => entry === '*' || matches(entry, { host, port }));
}

/** Whether a host name or address is this machine. */
export function isLoopback(host: string): boolean {
  if (host === 'localhost') return true;
  return (isIP(host) !== 0 && inNetwork(host, '127.0.0.0', 8)) || (isIPv6(host) && inNetwork(host, '::1', 128));
}

function matches(entry: string, { host, port }: { host: string; port: string }): boolean {
  const [network = '', bits] = entry.split('/');
  if (bits !== undefined)
    return isIP(network) !== 0 && /^\d{1,3}$/.test(bits) && isIP(host) !== 0 && inNetwork(host, network, Number(bits));
  const { name, port: wanted } = splitPort(entry);
  if (wanted !== undefined && wanted !== port) return false;
  if (name === '') return false;
  if (isIP(name) !== 0) return isIP(host) !== 0 && inNetwork(host, name, isIPv6(name) ? 128 : 32);
  return isIP(host) === 0 && matchesName(name, host);
}

function splitPort(entry: string): { name: string; port?: string } {
  const bracketed = /^\[([^\]]*)\](?::(.*))?$/.exec(entry);
  const parts = bracketed ?? /^([^:]*):([^:]*)$/.exec(entry);
  if (parts === null) return { name: entry };
  const [, name = '', port] = parts;
  return { name, ...(port === undefined || port === '' ? {} : { port }) };
}

function matchesName(name: string, host: string): boolean {
  const pattern = name.startsWith('*.') ? name.slice(1) : name;
  const below = pattern.startsWith('.') ? pattern : `.${pattern}`;
  const ascii = `.${domainToASCII(below.slice(1)) || below.slice(1)}`;
  return host.endsWith(ascii) || (below !== pattern && host === ascii.slice(1));
}

function inNetwork(host: string, network: string, bits: number): boolean {
  const family = isIPv6(network) ? 'ipv6' : 'ipv4';
  if (bits > (family === 'ipv6' ? 128 : 32)) return false;
  const list = new BlockList();
  list.addSubnet(network, bits, family);
  return list.check(host, isIPv6(host) ? 'ipv6' : 'ipv4');
}
