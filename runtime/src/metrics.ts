import type { Cluster } from './cluster.js';
import type { ReflectorCore } from './reflector/core.js';
import { coreOf } from './reflector/core-of.js';
import { namespaceStatus } from './reflector/status-view.js';
import type { Watcher } from './reflector/watcher.js';

type Name = keyof typeof metricsHelp;

const metricsHelp = {
  kube_gen_objects: ['gauge', 'Objects in the cache.'],
  kube_gen_live: ['gauge', 'Whether a watch is open and within its heartbeat.'],
  kube_gen_synced: ['gauge', 'Whether the cache holds the whole set and is in touch.'],
  kube_gen_watch_events_total: ['counter', 'Events that the server sent.'],
  kube_gen_relists_total: ['counter', 'Full lists after the first one, by cause.'],
  kube_gen_reconnects_total: ['counter', 'Watches that were opened again, by cause.'],
  kube_gen_anomalies_total: ['counter', 'What should not be and was lived with, by what it was.'],
  kube_gen_last_event_timestamp_seconds: ['gauge', 'When the server last sent an event.'],
} as const;

/** How values of one series join when a cluster has several reflectors of a kind. */
const joins: Partial<Record<Name, (a: number, b: number) => number>> = {
  kube_gen_live: Math.min,
  kube_gen_synced: Math.min,
  kube_gen_last_event_timestamp_seconds: Math.max,
};

/**
 * What the started reflectors of a cluster count, in the text format of Prometheus, for a `/metrics` page. Reflectors of one kind
 * and namespace are one series.
 * @see https://prometheus.io/docs/instrumenting/exposition_formats/
 */
export function metrics(cluster: Cluster): string {
  const series = new Map<Name, Map<string, number>>();
  const measured = new Set<Watcher<unknown>>();
  for (const reflector of cluster.reflectors) {
    const core = coreOf(reflector);
    for (const watcher of core?.watchers ?? []) {
      // Equal reflectors share one.
      if (core !== undefined && !measured.has(watcher)) measure(core, watcher, series);
      measured.add(watcher);
    }
  }
  let text = '';
  // The keys of `metricsHelp` are the names.
  for (const name of Object.keys(metricsHelp) as Name[]) {
    const [type, help] = metricsHelp[name];
    text += `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n`;
    for (const [labels, value] of series.get(name) ?? []) text += `${name}{${labels}} ${value}\n`;
  }
  return text;
}

function measure(
  core: ReflectorCore<unknown>,
  watcher: Watcher<unknown>,
  series: Map<Name, Map<string, number>>,
): void {
  const { group, version, kind } = core.definition;
  const base = { group, version, kind, namespace: watcher.partition };
  const status = namespaceStatus(watcher.view, core);
  const add = (name: Name, value: number, labels?: Record<string, string>): void => {
    const values = series.get(name) ?? new Map<string, number>();
    series.set(name, values);
    const key = print({ ...base, ...labels });
    const known = values.get(key);
    const join = joins[name];
    values.set(key, known === undefined ? value : join === undefined ? known + value : join(known, value));
  };
  add('kube_gen_objects', watcher.size);
  add('kube_gen_live', Number(status.live));
  add('kube_gen_synced', Number(status.synced));
  for (const [type, value] of watcher.tally.events) add('kube_gen_watch_events_total', value, { type });
  for (const [cause, value] of watcher.tally.relists) add('kube_gen_relists_total', value, { cause });
  for (const [cause, value] of watcher.tally.reconnects) add('kube_gen_reconnects_total', value, { cause });
  for (const [what, value] of watcher.tally.anomalies) add('kube_gen_anomalies_total', value, { what });
  if (status.lastEventAt !== undefined) {
    add('kube_gen_last_event_timestamp_seconds', status.lastEventAt.getTime() / 1000);
  }
}

function print(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(
      ([name, value]) => `${name}="${value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"')}"`,
    )
    .join(',');
}
