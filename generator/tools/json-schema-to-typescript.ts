import { compile } from 'json-schema-to-typescript';

/** A JSON Schema that the tool cannot make types of. */
export class SchemaTypesError extends Error {
  override readonly name = 'SchemaTypesError';
}

/** What the tool says of a pattern. The object that has it may have no name, and is `undefined` then. */
const ofPattern =
  /This interface was referenced by `[^`\n]*`'s JSON-Schema definition\n *\* via the `patternProperty` (".*")\.$/gm;

/** Prints the interface of a JSON Schema by json-schema-to-typescript. Every reference in it must lead to itself. Throws a `SchemaTypesError`. */
export async function printSchemaTypes(schema: object, name: string): Promise<string> {
  try {
    const text = await compile(schema, name, {
      bannerComment: '',
      // References are checked before; this is the second lock on the same door.
      $refOptions: { resolve: { external: false, file: false, http: false } },
    });
    return text.replace(ofPattern, 'Values of keys that match $1.');
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new SchemaTypesError(error.message, { cause: error });
  }
}
