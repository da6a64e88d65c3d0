import { optionsOf, shown } from '../check-arguments.js';
import { KubeError } from '../errors.js';
import type { Fault, FaultVerb } from './fault.js';

const ways: readonly Fault['do'][] = ['drop', 'reset', 'stall', 'expire', 'status', 'slow'];
const verbs: readonly FaultVerb[] = ['get', 'list', 'watch', 'create', 'replace', 'patch', 'delete'];

/** Throws `usage` for a fault that could never strike: a test would pass because of it. `plurals` are those that are served. */
export function checkFault(fault: Fault, plurals: readonly string[]): void {
  const { do: way, match = {} } = optionsOf(fault, 'fault');
  checkName(way, { what: 'do', known: ways });
  const { verb, plural } = optionsOf(match, 'match of fault');
  if (verb !== undefined) checkName(verb, { what: 'match.verb', known: verbs });
  if (plural !== undefined) checkName(plural, { what: 'match.plural', known: plurals });
}

function checkName(given: string, { what, known }: { readonly what: string; readonly known: readonly string[] }): void {
  if (known.includes(given)) return;
  const all = [...new Set(known)].sort().join(', ');
  throw new KubeError('usage', `${what} of a fault must be one of ${all}, not ${shown(given)}`);
}
