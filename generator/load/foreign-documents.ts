import type { LoadedDocument } from './documents.js';
import type { LocatedFault } from './located.js';

/** A text may have a million documents: each of the first ones that are no Kubernetes objects is named, the rest counted. */
export class ForeignDocuments {
  static readonly #mostNamed = 10;
  /** One more than are named: the last one stands for the rest. */
  readonly #first: LoadedDocument[] = [];
  #count = 0;

  /** Takes one more. */
  add(document: LoadedDocument): void {
    this.#count += 1;
    if (this.#first.length <= ForeignDocuments.#mostNamed) this.#first.push(document);
  }

  /** What is told of them. */
  faults(): LocatedFault[] {
    const others = this.#count - this.#first.length;
    return this.#first.map(({ source, path }, i) => {
      const isLast = others > 0 && i === this.#first.length - 1;
      const message = isLast
        ? `neither this nor ${others} more are Kubernetes objects; skipped`
        : 'this is no Kubernetes object; skipped';
      return { fault: { severity: 'warning', path, message }, source };
    });
  }
}
