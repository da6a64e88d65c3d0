import { compile } from 'json-schema-to-typescript';
import { withStandIns } from './stand-in-names.js';

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
    // The one method that the tool calls on maps of fields.
    const { document, restore } = withStandIns(schema, ['hasOwnProperty']);
    const text = await compile(document, name, {
      bannerComment: '',
      // References are checked before; this is the second lock on the same door.
      $refOptions: { resolve: { external: false, file: false, http: false } },
    });
    return restore(text).replace(ofPattern, 'Values of keys that match $1.');
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new SchemaTypesError(error.message, { cause: error });
  }
}
