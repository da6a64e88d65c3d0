import type { Sample } from './corpus.js';

/** What a type can see of what a server finds wrong. */
const typedReasons = ['type', 'null', 'required', 'enum', 'unknown', 'metadata-type', 'metadata-required'];

/** Whether the server refuses the object, under strict validation, for something that a type can see. */
export function isRefusedForItsType({ verdict, reasons }: Sample): boolean {
  if (verdict === 'valid-unknown-fields') return true;
  return verdict === 'invalid' && reasons.some((reason) => typedReasons.includes(reason));
}
