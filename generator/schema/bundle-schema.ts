import { isMap, mapAt, quote, type JsonMap } from '../load/json-value.js';
import type { SchemaDocument } from '../load/schema-document.js';
import { withOneMap } from './definitions.js';
import { Links } from './links.js';
import { leadsIntoData, movedPointer } from './moved-pointer.js';
import type { ReferenceContext, References } from './references.js';
import { faultAt, rewriteSchema, type Rewrite } from './rewrite-schema.js';
import type { SchemaError } from './schema-error.js';
import { interfaceName } from './schema-names.js';

interface BundleOptions {
  readonly references: References;
  readonly docs: boolean;
}

/** A schema of which every reference leads to itself. */
export interface Bundle {
  readonly schema: JsonMap;
  /** What was left out, as it says nothing. */
  readonly warnings: readonly SchemaError[];
}

/**
 * Brings a schema and all files that it refers to together in one, where every reference leads to the schema itself. Only documents of the
 * same run are taken: nothing is read for a reference. What the printing tool would take as TypeScript (`tsType`) is dropped, and words of
 * newer drafts that it does not know are written in those that it does. Throws a `SchemaError`.
 */
export function bundleSchema(root: SchemaDocument, options: BundleOptions): Bundle {
  const without = new Map<string, SchemaError>();
  for (;;) {
    const { schema, links } = bundleWithout(root, { ...options, without });
    const back = links.leadingBack();
    if (back.length === 0) return { schema, warnings: [...without.values()] };
    for (const { by, isBranch } of back) {
      const leads = `$ref ${quote(by.ref)} leads back to`;
      if (!isBranch) throw faultAt(`${leads} itself, so it says nothing`, by);
      const message = `${leads} the schema that it is a branch of, so it says nothing and makes no type`;
      without.set(keyOf(by), faultAt(message, by));
    }
  }
}

interface Reference extends ReferenceContext {
  readonly ref: string;
}

function keyOf({ resource, path }: ReferenceContext): string {
  return JSON.stringify([resource.document.source.file, ...path]);
}

function bundleWithout(
  root: SchemaDocument,
  { references, docs, without }: BundleOptions & { readonly without: ReadonlyMap<string, SchemaError> },
): { schema: JsonMap; links: Links<Reference> } {
  const links = new Links<Reference>();
  const holder = isMap(root.document['$defs']) ? '$defs' : 'definitions';
  const parts = new Map<string, JsonMap>();
  const names = new Map([[root, '']]);
  const taken = new Set(Object.keys(mapAt(withOneMap(root.document), holder)));
  const open = [root];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const resolve: Rewrite['resolve'] = (ref, context) => {
      if (without.has(keyOf(context))) return undefined;
      const to = references.resolve(ref, context);
      links.add({ document: next, pointer: context.pointer }, to, { ref, ...context });
      const { document, pointer } = to;
      if (leadsIntoData(pointer, document.document))
        throw faultAt(
          `$ref ${quote(ref)} leads to data (an enum, a const, a default or an example), which is no schema`,
          context,
        );
      const name = names.get(document) ?? freeName(interfaceName(document), taken);
      if (!names.has(document)) {
        names.set(document, name);
        open.push(document);
      }
      return `#${name === '' ? '' : `/${holder}/${name}`}${movedPointer(pointer, document.document)}`;
    };
    const place = { document: next, pointer: '' };
    parts.set(
      names.get(next) ?? '',
      rewriteSchema(next.document, { resolve, docs, resource: place, pointer: '', path: [] }),
    );
  }
  const own = parts.get('') ?? {};
  parts.delete('');
  if (parts.size === 0) return { schema: own, links };
  return { schema: { ...own, [holder]: { ...mapAt(own, holder), ...Object.fromEntries(parts) } }, links };
}

function freeName(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let n = 2; taken.has(name); n += 1) name = `${wanted}${n}`;
  taken.add(name);
  return name;
}
