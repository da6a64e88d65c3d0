import { type SchemaPlace, stepsOf } from './references.js';

/** Which schemas are references, and to what: a reference that leads back to itself means nothing, and the printing tool cannot end it. */
export class Links {
  readonly #targets = new Map<string, string>();

  /** Adds a link; whether those that there are lead from its end to where it begins. */
  leadBack(from: SchemaPlace, to: SchemaPlace): boolean {
    const start = keyOf(from);
    this.#targets.set(start, keyOf(to));
    let at: string | undefined = keyOf(to);
    while (at !== undefined && at !== start) at = this.#targets.get(at);
    return at === start;
  }
}

function keyOf({ document, pointer }: SchemaPlace): string {
  return JSON.stringify([document.source.file, ...stepsOf(pointer)]);
}
