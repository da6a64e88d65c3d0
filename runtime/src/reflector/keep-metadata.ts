import { apiVersionOf, type ResourceInfo } from '../resource.js';

/**
 * The transform of a metadata-only reflector (L17): what is left is `PartialObjectMetadata` under the kind's own apiVersion and kind,
 * also from a server that sent whole objects. The user's transform sees that.
 */
export function keepMetadata<T>(definition: ResourceInfo, transform: ((object: T) => T) | undefined): (object: T) => T {
  const apiVersion = apiVersionOf(definition);
  const { kind } = definition;
  return (object) => {
    const { metadata } = object as { readonly metadata: unknown };
    // The option promises this shape, whatever the type parameter says.
    const partial = { apiVersion, kind, metadata } as T;
    return transform === undefined ? partial : transform(partial);
  };
}
