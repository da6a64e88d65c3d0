import type { JsonObject } from '../state/json.js';

const text: JsonObject = { type: 'string' };
const time: JsonObject = { type: 'string', format: 'date-time' };
const texts: JsonObject = { type: 'array', items: text };
const textMap: JsonObject = { type: 'object', additionalProperties: text };
const integer: JsonObject = { type: 'integer', format: 'int64' };
const object = (properties: JsonObject, ...required: string[]): JsonObject => ({
  type: 'object',
  ...(required.length > 0 ? { required } : {}),
  properties,
});

const meta = 'io.k8s.apimachinery.pkg.apis.meta.v1';

/** The names of the schemas that all documents share. */
export const metaNames: Readonly<
  Record<'objectMeta' | 'listMeta' | 'status' | 'deleteOptions' | 'patch' | 'scale', string>
> = {
  objectMeta: `${meta}.ObjectMeta`,
  listMeta: `${meta}.ListMeta`,
  status: `${meta}.Status`,
  deleteOptions: `${meta}.DeleteOptions`,
  patch: `${meta}.Patch`,
  scale: 'io.k8s.api.autoscaling.v1.Scale',
};

/** Points at a schema of the same document. */
export function schemaRef(name: string): JsonObject {
  return { $ref: `#/components/schemas/${name}` };
}

/** Their schemas, without the prose. */
export const metaSchemas: JsonObject = {
  [metaNames.objectMeta]: object({
    annotations: textMap,
    creationTimestamp: time,
    deletionGracePeriodSeconds: integer,
    deletionTimestamp: time,
    finalizers: texts,
    generateName: text,
    generation: integer,
    labels: textMap,
    managedFields: {
      type: 'array',
      items: object({
        apiVersion: text,
        fieldsType: text,
        fieldsV1: { type: 'object' },
        manager: text,
        operation: text,
        subresource: text,
        time,
      }),
    },
    name: text,
    namespace: text,
    ownerReferences: {
      type: 'array',
      items: object(
        {
          apiVersion: text,
          blockOwnerDeletion: { type: 'boolean' },
          controller: { type: 'boolean' },
          kind: text,
          name: text,
          uid: text,
        },
        'apiVersion',
        'kind',
        'name',
        'uid',
      ),
    },
    resourceVersion: text,
    selfLink: text,
    uid: text,
  }),
  [metaNames.listMeta]: object({ continue: text, remainingItemCount: integer, resourceVersion: text, selfLink: text }),
  [metaNames.status]: object({
    apiVersion: text,
    code: { type: 'integer', format: 'int32' },
    details: object({
      causes: { type: 'array', items: object({ field: text, message: text, reason: text }) },
      group: text,
      kind: text,
      name: text,
      retryAfterSeconds: { type: 'integer', format: 'int32' },
      uid: text,
    }),
    kind: text,
    message: text,
    metadata: schemaRef(metaNames.listMeta),
    reason: text,
    status: text,
  }),
  [metaNames.deleteOptions]: object({
    apiVersion: text,
    dryRun: texts,
    gracePeriodSeconds: integer,
    kind: text,
    preconditions: object({ resourceVersion: text, uid: text }),
    propagationPolicy: text,
  }),
  [metaNames.patch]: { type: 'object' },
  [metaNames.scale]: object({
    apiVersion: text,
    kind: text,
    metadata: schemaRef(metaNames.objectMeta),
    spec: object({ replicas: { type: 'integer', format: 'int32' } }),
    status: object({ replicas: { type: 'integer', format: 'int32' }, selector: text }, 'replicas'),
  }),
};
