/** Code, and the rights that it needs. */
export interface UseRow {
  readonly what: string;
  readonly code: string;
  /** Other modules of the project; the code imports them from `./ROW/`. */
  readonly files?: Readonly<Record<string, string>>;
  /** `namespace: resources{names} verbs`, `*` for all namespaces. */
  readonly want: readonly string[];
  /** What is said: each a part of a message. */
  readonly says?: readonly string[];
}
