import openapiTS, { astToString } from 'openapi-typescript';
import { withStandIns } from './stand-in-names.js';

/** An OpenAPI document that the tool cannot make types of. */
export class OpenApiTypesError extends Error {
  override readonly name = 'OpenApiTypesError';
}

/** The tool looks keys of the document up in plain objects, and calls what they inherit. */
const inheritedNames = Object.getOwnPropertyNames(Object.prototype);

/**
 * Prints `paths`, `components` and `operations` of an OpenAPI 3.x document by openapi-typescript. Every reference in it must lead to the
 * document itself: the tool follows all others, into files and the network. Throws an `OpenApiTypesError`.
 * @param o `docs`: whether descriptions become comments
 */
export async function printOpenApiTypes(document: object, { docs }: { readonly docs: boolean }): Promise<string> {
  try {
    const own = withStandIns(docs ? document : withoutTexts(document), inheritedNames);
    // An object of unknown content (the body of a patch) takes any; without this it would take none.
    // A default makes no field present: the documents of Kubernetes say `default: {}` of nearly all.
    const options = { silent: true, emptyObjectsUnknown: true, defaultNonNullable: false };
    // The tool changes what it gets, and checks nothing of its type.
    const types = await openapiTS(own.document as Parameters<typeof openapiTS>[0], options);
    return own.restore(astToString(types));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new OpenApiTypesError(error.message, { cause: error });
  }
}

/** A copy without descriptions. A field that is called so is a schema, not a text. */
function withoutTexts(document: object): object {
  const isText = (key: string, value: unknown): boolean =>
    (key === 'description' || key === 'summary') && typeof value === 'string';
  const text = JSON.stringify(document, (key, value: unknown) => (isText(key, value) ? undefined : value));
  return JSON.parse(text) as object;
}
