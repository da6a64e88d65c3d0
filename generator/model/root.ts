import { docsOf, membersText, noDocs, withRules } from './docs.js';
import { enumOf } from './enum.js';
import type { Lowering } from './lowering.js';
import type { Visit } from './node-order.js';
import { objectParts } from './object.js';
import { asSchema, field, propertyOf, type RawSchema } from './raw-schema.js';
import type { Docs, Member, Shape, TypeNode } from './resource.js';
import { literals, support } from './type-node.js';

/** What the root of a kind says beside its schema. */
export interface Identity {
  readonly apiVersion: string;
  readonly kind: string;
  readonly scope: 'Namespaced' | 'Cluster';
  /** Whether the server keeps its objects; of reviews it only answers what was asked. */
  readonly isStored: boolean;
}

const ownFields = ['apiVersion', 'kind', 'metadata'];

/** The schema of a kind's root with `apiVersion`, `kind` and `metadata` declared: the server adds them to whatever is written (F5, F7). */
export function rootNode(schema: unknown): RawSchema {
  const node = asSchema(schema) ?? {};
  const properties = asSchema(field(node, 'properties')) ?? {};
  const rest = Object.entries(properties).filter(([name]) => !ownFields.includes(name));
  return {
    ...node,
    type: 'object',
    // A root may say that it is a whole object, which it is: it has its metadata from the kind.
    'x-kubernetes-embedded-resource': false,
    properties: Object.fromEntries([
      ['apiVersion', { type: 'string' }],
      ['kind', { type: 'string' }],
      ['metadata', propertyOf(node, 'metadata') ?? { type: 'object' }],
      ...rest,
    ]),
  };
}

/** The root object of a kind and its docs. */
export function rootShape(visit: Visit, lowering: Lowering, identity: Identity): { root: Shape; docs: Docs } {
  const { parts, rules } = objectParts(visit, lowering, (member) => ownMember(member, visit.node, identity) ?? member);
  return { root: lowering.shapes.shapeOf(parts), docs: withRules(lowering.docsOf(visit.node), rules) };
}

function ownMember({ name }: Member, root: RawSchema, identity: Identity): Member | undefined {
  const member = (type: TypeNode, docs: Docs): Member => ({
    name,
    type,
    required: { manifest: true, read: true },
    docs,
    itemDocs: noDocs,
  });
  switch (name) {
    case 'apiVersion':
      return member(literals([identity.apiVersion]), noDocs);
    case 'kind':
      return member(literals([identity.kind]), noDocs);
    case 'metadata': {
      if (!identity.isStored) {
        const type = support('EmbeddedMeta');
        return { ...member(type, metadataDocs(root)), required: { manifest: false, read: true } };
      }
      const read = support(identity.scope === 'Namespaced' ? 'NamespacedObjectMeta' : 'ObjectMeta');
      return member({ t: 'views', read, manifest: support('ManifestMeta') }, metadataDocs(root));
    }
    default:
      return undefined;
  }
}

/** Types know all of metadata; what a schema asks of the name is told in words (F5). */
function metadataDocs(root: RawSchema): Docs {
  const metadata = propertyOf(root, 'metadata') ?? {};
  const rules = ['name', 'generateName'].flatMap((name) => {
    const node = propertyOf(metadata, name);
    if (node === undefined) return [];
    const { rules: own, tags } = docsOf(node);
    const bounds = tags.map(([tag, text]) => `${tag} ${text}`).join(', ');
    const members = enumOf(node);
    return [
      ...(bounds === '' ? [] : [`The \`${name}\` has ${bounds}.`]),
      ...(members === undefined ? [] : [`The \`${name}\` must be one of: ${membersText(members)}.`]),
      ...own,
    ];
  });
  return rules.length === 0 ? noDocs : { ...noDocs, rules };
}
