import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { print, smallCrd } from '../../tests/support/small-crd.js';
import { type Compiler, compile, writeProject } from '../../tests/support/type-check.js';
import { text } from '../../tests/support/schema-words.js';

const ticket = smallCrd({
  kind: 'Ticket',
  version: {
    subresources: { status: true, scale: { specReplicasPath: '.spec.seats', statusReplicasPath: '.status.seats' } },
  },
  schema: {
    type: 'object',
    required: ['spec'],
    properties: {
      spec: {
        type: 'object',
        required: ['event', 'mode'],
        oneOf: [{ required: ['guest'] }, { required: ['member'] }],
        properties: {
          event: {
            type: 'object',
            required: ['name'],
            properties: { name: text, place: { ...text, default: 'hall' } },
          },
          mode: { type: 'string', enum: ['A', 'B'], default: 'A' },
          tags: { type: 'array', items: text },
          guest: text,
          member: { type: 'object', required: ['id'], properties: { id: text } },
          nested: { type: 'object', properties: { deep: { type: 'integer' } } },
        },
      },
      status: { type: 'object', properties: { ready: { type: 'boolean' } } },
    },
  },
});
const venue = smallCrd({
  kind: 'Venue',
  scope: 'Cluster',
  schema: {
    type: 'object',
    'x-kubernetes-preserve-unknown-fields': true,
    properties: { spec: { type: 'object', properties: { x: text } } },
  },
});

const consumer = `
import { exampleDevV1 as dev } from './generated/index.js';
import { Ticket, TicketReflector, type TicketManifest, type TicketSpec, type TicketStatus } from './generated/example.dev/v1/ticket.js';
import { edit } from '@kube-gen/runtime/edit';
import type { ManifestOf, ObjectOf } from '@kube-gen/runtime/resource';
import type { Cluster, Reflector } from '@kube-gen/runtime/codegen1';
declare const cluster: Cluster;
const tickets = new TicketReflector(cluster, {
  namespaces: ['apps'],
  indexes: { event: (t) => t.spec.event.name, tag: (t) => t.spec.tags, mode: (t) => t.spec.mode },
});
tickets.by('event', 'x'); tickets.by('tag', 'x'); tickets.by('mode', 'A');
// @ts-expect-error no such index
tickets.by('nope', 'x');
// @ts-expect-error the value is a string
tickets.by('event', 3);
// @ts-expect-error not a member of the enum
tickets.by('mode', 'C');
// @ts-expect-error no such field
new TicketReflector(cluster, { indexes: { event: (t) => t.spec.nope } });
// @ts-expect-error no such option
new TicketReflector(cluster, { namespacez: ['a'] });
const one: Ticket | undefined = tickets.get('web', 'apps');
// @ts-expect-error a namespaced kind needs the namespace
tickets.get('web');
const venues = new dev.VenueReflector(cluster);
venues.get('x');
// @ts-expect-error a cluster-scoped kind has none
venues.get('x', 'ns');
// @ts-expect-error nor an option for it
new dev.VenueReflector(cluster, { namespaces: ['x'] });
export const any: Reflector<Ticket> = tickets;
if (one === undefined) throw new Error();
export const place: string = one.spec.event.place;
export const spec: TicketSpec = one.spec;
export const status: TicketStatus | undefined = one.status;
export const kind: 'Ticket' = Ticket.kind;
export const scope: 'Cluster' = dev.Venue.scope;
export const isTrue: true = Ticket.subresources.status;
export const path: '.spec.seats' = Ticket.subresources.scale.specReplicasPath;
export const manifest: TicketManifest = one;
export const changed: TicketManifest = { ...one, spec: { ...one.spec, tags: ['b'] } };
export const object: ObjectOf<typeof Ticket> = one;
export const written: ManifestOf<typeof Ticket> = manifest;
export const edited: Ticket = edit(one, (draft) => { draft.spec.mode = 'B'; (draft.spec.tags ??= []).push('y'); });
// @ts-expect-error readonly
one.spec.mode = 'B';
// @ts-expect-error readonly
one.spec.tags!.push('x');
const head = { apiVersion: 'example.dev/v1', kind: 'Ticket', metadata: { name: 'a' } } as const;
export const good: TicketManifest = { ...head, spec: { event: { name: 'x' }, guest: 'g' } };
// @ts-expect-error both of exactly one
export const both: TicketManifest = { ...head, spec: { event: { name: 'x' }, guest: 'g', member: { id: '1' } } };
// @ts-expect-error an unknown field, nested
export const unknown: TicketManifest = { ...head, spec: { event: { name: 'x' }, guest: 'g', nested: { deeep: 1 } } };
// @ts-expect-error an unknown field, at the top
export const top: TicketManifest = { ...head, spec: { event: { name: 'x' }, guest: 'g' }, specc: 1 };
export const open: dev.VenueManifest = { apiVersion: 'example.dev/v1', kind: 'Venue', metadata: { name: 'v' }, anything: 1 };
// @ts-expect-error an open root keeps the types of its known fields
export const typed: dev.VenueManifest = { apiVersion: 'example.dev/v1', kind: 'Venue', metadata: { name: 'v' }, spec: { x: 1 } };
export class Service {
  readonly tickets: TicketReflector<{ event: string }>;
  constructor(c: Cluster) { this.tickets = new TicketReflector(c, { indexes: { event: (t) => t.spec.event.name } }); }
  find(name: string): Ticket[] { return this.tickets.by('event', name); }
}
`;

/** Its types are those of single alternatives, which have no name of their own. */
const library = `
import type { Ticket, TicketManifest, TicketSpec } from './generated/example.dev/v1/ticket.js';
export function guestOf({ spec }: Ticket) { return spec.guest === undefined ? undefined : spec; }
export function memberOf(spec: TicketSpec) { return spec.member === undefined ? undefined : spec; }
export const written = (manifest: TicketManifest) => [manifest.spec].filter((spec) => spec.guest !== undefined);
`;

describe('generated modules', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kube-gen-compile-'));
  const { files } = print([ticket, venue]);
  writeProject(folder, [
    ...Object.entries(files).map(([path, content]) => ({ path: `generated/${path}`, content })),
    { path: 'use.ts', content: consumer },
    { path: 'library.ts', content: library },
  ]);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each<Compiler>(['typescript54', 'typescript', 'typescript6', 'typescript7'])(
    'compile with a consumer under all flags with %s',
    async (compiler) => {
      expect(await compile(folder, { compiler, include: ['generated/**/*.ts', 'use.ts'] })).toEqual([]);
    },
    240_000,
  );

  it.each<Compiler>(['typescript', 'typescript6', 'typescript7'])(
    'have a name for all that a library on top of them may export, with %s',
    async (compiler) => {
      const include = ['generated/**/*.ts', 'library.ts'];
      expect(await compile(folder, { compiler, include, runtime: 'declarations', declaration: true })).toEqual([]);
    },
    240_000,
  );

  it('hold no logic: types, one constant and one class', () => {
    const module = files['example.dev/v1/ticket.ts'] ?? '';
    const named = module.replace('  static get definition(): typeof Ticket { return Ticket; }\n', '');
    expect(named).not.toBe(module);
    expect(named).not.toMatch(/\b(?:if|for|return|throw|await|function)\b/);
    expect(module.match(/^export const /gm)).toHaveLength(1);
    expect(module.match(/^export class /gm)).toHaveLength(1);
    expect(module.match(/^import /gm)).toHaveLength(1);
  });
});
