/** A manifest with one mistake, and what the compiler says about it. */
export interface Mistake {
  readonly name: string;
  /** Everything of a `FooManifest` but `apiVersion`, `kind` and `metadata`, unless it says them itself; `▸` stands where the message points. */
  readonly manifest: string;
  /** The message of TypeScript 5.9, with the lines that explain it. */
  readonly says: string;
}

export const mistakes: readonly Mistake[] = [
  {
    name: 'a misspelt field',
    manifest: "spec: { image: 'a', ▸replics: 3 }",
    says: "TS2561: Object literal may only specify known properties, but 'replics' does not exist in type 'FooSpecManifest'. Did you mean to write 'replicas'?",
  },
  {
    name: 'an unknown field, deep down',
    manifest: "spec: { image: 'a', rollout: { ▸surge: 1 } }",
    says: "TS2353: Object literal may only specify known properties, and 'surge' does not exist in type 'FooSpecRolloutManifest'.",
  },
  {
    name: 'an unknown field at the top',
    manifest: "spec: { image: 'a' }, ▸data: {}",
    says: "TS2353: Object literal may only specify known properties, and 'data' does not exist in type 'FooManifest'.",
  },
  {
    name: 'a number for a string',
    manifest: 'spec: { ▸image: 1 }',
    says: "TS2322: Type 'number' is not assignable to type 'string'.",
  },
  {
    name: 'a string for a number',
    manifest: "spec: { image: 'a', ▸replicas: '3' }",
    says: "TS2322: Type 'string' is not assignable to type 'number'.",
  },
  {
    name: 'a missing required field',
    manifest: '▸spec: { replicas: 1 }',
    says: "TS2741: Property 'image' is missing in type '{ replicas: number; }' but required in type 'FooSpecManifest'.",
  },
  {
    name: 'no spec',
    manifest: '',
    says: "TS1360: Type '{ apiVersion: \"example.kube-gen.dev/v1\"; kind: \"Foo\"; metadata: { name: string; }; }' does not satisfy the expected type 'FooManifest'.\n  Property 'spec' is missing in type '{ apiVersion: \"example.kube-gen.dev/v1\"; kind: \"Foo\"; metadata: { name: string; }; }' but required in type 'FooManifest'.",
  },
  {
    name: 'a value that the enum does not have',
    manifest: "spec: { image: 'a', ▸tier: 'front' }",
    says: 'TS2322: Type \'"front"\' is not assignable to type \'"frontend" | "backend" | "batch"\'.',
  },
  {
    name: 'null where it is not nullable',
    manifest: "spec: { image: 'a', ▸replicas: null }",
    says: "TS2322: Type 'null' is not assignable to type 'number'.",
  },
  {
    name: 'undefined is not the same as left out',
    manifest: "▸spec: { image: 'a', note: undefined }",
    says: "TS2375: Type '{ image: string; note: undefined; }' is not assignable to type 'FooSpecManifest' with 'exactOptionalPropertyTypes: true'. Consider adding 'undefined' to the types of the target's properties.\n  Types of property 'note' are incompatible.\n    Type 'undefined' is not assignable to type 'string | null'.",
  },
  {
    name: 'the apiVersion of another version',
    manifest: "▸apiVersion: 'example.kube-gen.dev/v1beta1', spec: { image: 'a' }",
    says: 'TS2322: Type \'"example.kube-gen.dev/v1beta1"\' is not assignable to type \'"example.kube-gen.dev/v1"\'.',
  },
  {
    name: 'the wrong kind',
    manifest: "▸kind: 'Fo', spec: { image: 'a' }",
    says: 'TS2322: Type \'"Fo"\' is not assignable to type \'"Foo"\'.',
  },
  {
    name: 'a label that is no string',
    manifest: "metadata: { name: 'a', labels: { ▸tier: 1 } }, spec: { image: 'a' }",
    says: "TS2322: Type 'number' is not assignable to type 'string'.",
  },
  {
    name: 'a misspelt field of metadata',
    manifest: "metadata: { name: 'a', ▸lables: {} }, spec: { image: 'a' }",
    says: "TS2561: Object literal may only specify known properties, but 'lables' does not exist in type 'ManifestMeta'. Did you mean to write 'labels'?",
  },
  {
    name: 'neither name nor generateName',
    manifest: "▸metadata: { labels: {} }, spec: { image: 'a' }",
    says: "TS2322: Type '{ labels: {}; }' is not assignable to type 'ManifestMeta'.\n  Property 'name' is missing in type '{ labels: {}; }' but required in type 'NamedMeta'.",
  },
  {
    name: 'a list for an object',
    manifest: "spec: { image: 'a', ▸rollout: [] }",
    says: "TS2559: Type 'never[]' has no properties in common with type 'FooSpecRolloutManifest'.",
  },
  {
    name: 'an object for a list',
    manifest: "spec: { image: 'a', env: { ▸A: 'x' } }",
    says: "TS2353: Object literal may only specify known properties, and 'A' does not exist in type 'readonly FooSpecEnv[]'.",
  },
  {
    name: 'one item for a list',
    manifest: "spec: { image: 'a', exposure: { loadBalancer: { ▸sourceRanges: '10.0.0.0/8' } } }",
    says: "TS2322: Type 'string' is not assignable to type 'readonly string[]'.",
  },
  {
    name: 'an object for an int-or-string',
    manifest: "spec: { image: 'a', ▸port: { number: 80 } }",
    says: "TS2322: Type '{ number: number; }' is not assignable to type 'IntOrString'.",
  },
  {
    name: 'a boolean in a map of int-or-strings',
    manifest: "spec: { image: 'a', resources: { ▸cpu: true } }",
    says: "TS2322: Type 'boolean' is not assignable to type 'IntOrString'.",
  },
  {
    name: 'two members of an exactly-one union',
    manifest: "spec: { image: 'a', env: [▸{ name: 'A', value: 'x', fieldRef: { fieldPath: 'p' } }] }",
    says: "TS2322: Type '{ name: string; value: string; fieldRef: { fieldPath: string; }; }' is not assignable to type 'FooSpecEnv'.\n  Types of property 'fieldRef' are incompatible.\n    Type '{ fieldPath: string; }' is not assignable to type 'undefined'.",
  },
  {
    name: 'no member of an exactly-one union',
    manifest: "spec: { image: 'a', env: [▸{ name: 'A' }] }",
    says: "TS2322: Type '{ name: string; }' is not assignable to type 'FooSpecEnv'.\n  Type '{ name: string; }' is not assignable to type 'FooSpecEnvBase & { readonly value?: never; readonly secretKeyRef?: never; readonly fieldRef: FooSpecEnvFieldRef; }'.\n    Property 'fieldRef' is missing in type '{ name: string; }' but required in type '{ readonly value?: never; readonly secretKeyRef?: never; readonly fieldRef: FooSpecEnvFieldRef; }'.",
  },
  {
    name: 'an empty object for an exactly-one union',
    manifest: "spec: { image: 'a', ▸exposure: {} }",
    says: "TS2322: Type '{}' is not assignable to type 'FooSpecExposureManifest'.",
  },
  {
    name: 'a misspelt field inside a union',
    manifest: "spec: { image: 'a', env: [{ name: 'A', ▸vlaue: 'x' }] }",
    says: "TS2561: Object literal may only specify known properties, but 'vlaue' does not exist in type 'FooSpecEnv'. Did you mean to write 'value'?",
  },
  {
    name: 'a wrong type inside a union',
    manifest: "spec: { image: 'a', env: [{ name: 'A', ▸value: 1 }] }",
    says: "TS2322: Type 'number' is not assignable to type 'string'.",
  },
  {
    name: 'a missing field inside the member of a union',
    manifest: "spec: { image: 'a', env: [{ name: 'A', ▸secretKeyRef: { name: 's' } }] }",
    says: "TS2741: Property 'key' is missing in type '{ name: string; }' but required in type 'FooSpecEnvSecretKeyRef'.",
  },
  {
    name: 'a missing field beside a union',
    manifest: "spec: { image: 'a', env: [▸{ value: 'x' }] }",
    says: "TS2322: Type '{ value: string; }' is not assignable to type 'FooSpecEnv'.\n  Type '{ value: string; }' is not assignable to type 'FooSpecEnvBase & { readonly value: string; readonly secretKeyRef?: never; readonly fieldRef?: never; }'.\n    Property 'name' is missing in type '{ value: string; }' but required in type 'FooSpecEnvBase'.",
  },
  {
    name: 'a whole object for a string',
    manifest: "spec: { image: 'a', env: [{ name: 'A', secretKeyRef: { name: 's', ▸key: { name: 'k' } } }] }",
    says: "TS2322: Type '{ name: string; }' is not assignable to type 'string'.",
  },
];
