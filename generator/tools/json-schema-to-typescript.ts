import { compile } from 'json-schema-to-typescript';

/** A JSON Schema that the tool cannot make types of. */
export class SchemaTypesError extends Error {
  override readonly name = 'SchemaTypesError';
}

/** Prints the interface of a JSON Schema by json-schema-to-typescript. Every reference in it must lead to itself. Throws a `SchemaTypesError`. */
export async function printSchemaTypes(schema: object, name: string): Promise<string> {
  try {
    return await compile(schema, name, {
      bannerComment: '',
      // References are checked before; this is the second lock on the same door.
      $refOptions: { resolve: { external: false, file: false, http: false } },
    });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new SchemaTypesError(error.message, { cause: error });
  }
}
