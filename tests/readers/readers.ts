import { compile } from 'json-schema-to-typescript';
import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import type { JsonSchema } from './normalise.js';

/** Somebody else's printer of types. */
export interface Reader {
  readonly name: 'openapi-typescript' | 'json-schema-to-typescript';
  /** A module that exports `Value`, the type of what the schema takes. */
  print(schema: JsonSchema): Promise<string>;
}

export const readers: readonly Reader[] = [
  {
    name: 'openapi-typescript',
    print: async (schema) => {
      const document = {
        openapi: '3.1.0',
        info: { title: 'crd', version: '1' },
        paths: {},
        components: { schemas: { Value: structuredClone(schema) } },
      };
      // Its own types know fewer schemas than its code: a `type` may be a list, and is here.
      const nodes = await openapiTS(document as unknown as OpenAPI3);
      return `${astToString(nodes)}\nexport type Value = components['schemas']['Value'];\n`;
    },
  },
  {
    name: 'json-schema-to-typescript',
    print: (schema) =>
      compile(structuredClone(schema), 'Value', {
        bannerComment: '',
        additionalProperties: false,
        ignoreMinAndMaxItems: true,
        format: false,
      }),
  },
];
