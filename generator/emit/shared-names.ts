import type { View } from '../model/resource.js';

/** Where each shared type stands and what its views are called there, by its id. */
export type SharedNames = ReadonlyMap<
  string,
  {
    /** Below the output folder, without extension: `core/v1/types`. */
    readonly file: string;
    readonly names: { readonly [V in View]: string };
  }
>;
