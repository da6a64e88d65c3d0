import { type SchemaPlace, stepsOf } from './references.js';

interface Link<Reference> {
  readonly to: string;
  readonly by: Reference;
  /** Whether it is one from a schema to a branch of it. */
  readonly isBranch: boolean;
}

/** A reference that leads back to where it stands. */
export interface LeadingBack<Reference> {
  readonly by: Reference;
  /** Whether it does so over a schema of which it is a branch. */
  readonly isBranch: boolean;
}

/**
 * Which schemas say what others say: references, and schemas with branches that are. One that leads back to where it stands says nothing,
 * and no type can be made of itself.
 */
export class Links<Reference> {
  readonly #links = new Map<string, Link<Reference>[]>();

  /** Adds a reference: all schemas that it is a branch of say what it says. */
  add(from: SchemaPlace, to: SchemaPlace, by: Reference): void {
    this.#addLink(keyOf(from), { to: keyOf(to), by, isBranch: false });
    let { pointer } = from;
    for (let holder = holderOf(pointer); holder !== undefined; holder = holderOf(pointer)) {
      const to = keyOf({ ...from, pointer });
      this.#addLink(keyOf({ ...from, pointer: holder }), { to, by, isBranch: true });
      pointer = holder;
    }
  }

  #addLink(from: string, link: Link<Reference>): void {
    const links = this.#links.get(from);
    if (links === undefined) this.#links.set(from, [link]);
    else links.push(link);
  }

  /** References without which none would lead back to where it stands. */
  leadingBack(): LeadingBack<Reference>[] {
    const seen = new Set<string>();
    return [...this.#links.keys()].flatMap((start) => (seen.has(start) ? [] : this.#leadingBackFrom(start, seen)));
  }

  /** Without recursion, as ways may be long. */
  #leadingBackFrom(start: string, seen: Set<string>): LeadingBack<Reference>[] {
    const found: LeadingBack<Reference>[] = [];
    const way = [{ place: start, by: undefined as Link<Reference> | undefined, left: this.#from(start) }];
    const onWay = new Set([start]);
    for (let last = way.at(-1); last !== undefined; last = way.at(-1)) {
      seen.add(last.place);
      const { value: link, done } = last.left.next();
      if (done === true) {
        onWay.delete(last.place);
        way.pop();
      } else if (onWay.has(link.to)) {
        const circle = [...way.slice(way.findIndex(({ place }) => place === link.to) + 1).map(({ by }) => by), link];
        const reference = circle.reverse().find((one) => one?.isBranch === false) ?? link;
        found.push({ by: reference.by, isBranch: circle.some((one) => one?.isBranch === true) });
      } else if (!seen.has(link.to)) {
        onWay.add(link.to);
        way.push({ place: link.to, by: link, left: this.#from(link.to) });
      }
    }
    return found;
  }

  #from(place: string): IterableIterator<Link<Reference>> {
    return (this.#links.get(place) ?? []).values();
  }
}

/** The pointer of the schema that a schema is a branch of. */
function holderOf(pointer: string): string | undefined {
  return /^(.*)\/(?:allOf|anyOf|oneOf)\/\d+$/.exec(pointer)?.[1];
}

function keyOf({ document, pointer }: SchemaPlace): string {
  return JSON.stringify([document.source.file, ...stepsOf(pointer)]);
}
