import { type SchemaPlace, stepsOf } from './references.js';

/** Which schemas are references, and to what: a reference that leads back to itself means nothing, and the printing tool cannot end it. */
export class Links {
  /** Where one comes to from a reference, or a part of the way there. */
  readonly #ways = new Map<string, string>();

  /** Adds a link; whether those that there are lead from its end to where it begins. */
  leadBack(from: SchemaPlace, to: SchemaPlace): boolean {
    const start = keyOf(from);
    const end = this.#endOf(keyOf(to));
    if (end === start) return true;
    this.#ways.set(start, end);
    return false;
  }

  /** Long ways are walked once: each place on them knows the end afterwards. */
  #endOf(from: string): string {
    let end = from;
    for (let next = this.#ways.get(end); next !== undefined; next = this.#ways.get(end)) end = next;
    for (let at = from; at !== end;) {
      const next = this.#ways.get(at) ?? end;
      this.#ways.set(at, end);
      at = next;
    }
    return end;
  }
}

function keyOf({ document, pointer }: SchemaPlace): string {
  return JSON.stringify([document.source.file, ...stepsOf(pointer)]);
}
