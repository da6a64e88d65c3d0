import type { SchemaPlace } from './references.js';

interface Link<Reference> {
  readonly to: string;
  /** `undefined`: it leads from a schema to a branch of it. */
  readonly by: Reference | undefined;
}

/** A reference that leads back to where it stands. */
export interface LeadingBack<Reference> {
  readonly by: Reference;
  /** Whether it does so over a schema of which it is a branch. */
  readonly isBranch: boolean;
}

/** A place on a way along links. */
interface Stop<Reference> {
  readonly place: string;
  readonly left: IterableIterator<Link<Reference>>;
  /** The last reference on the way here. */
  readonly by: Reference | undefined;
  /** How many links on the way here lead to branches. */
  readonly branches: number;
}

/**
 * Which schemas say what others say: references, and schemas with branches that are. One that leads back to where it stands says nothing,
 * and no type can be made of itself.
 */
export class Links<Reference> {
  readonly #links = new Map<string, Link<Reference>[]>();
  readonly #branches = new Set<string>();

  /** Adds a reference: all schemas that it is a branch of say what it says. */
  add(from: SchemaPlace, to: SchemaPlace, by: Reference): void {
    this.#addBranch(from);
    this.#addLink(keyOf(from), { to: keyOf(to), by });
  }

  /** Links to a branch come before those from it: so ways begin above it, and meet all that lead back there. */
  #addBranch(branch: SchemaPlace): void {
    const holder = holderOf(branch);
    const to = keyOf(branch);
    if (holder === undefined || this.#branches.has(to)) return;
    this.#branches.add(to);
    this.#addBranch(holder);
    this.#addLink(keyOf(holder), { to, by: undefined });
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
    const first = { place: start, left: this.#from(start), by: undefined, branches: 0 };
    const way: Stop<Reference>[] = [first];
    const onWay = new Map<string, Stop<Reference>>([[start, first]]);
    for (let last = way.at(-1); last !== undefined; last = way.at(-1)) {
      seen.add(last.place);
      const { value: link, done } = last.left.next();
      if (done === true) {
        onWay.delete(last.place);
        way.pop();
        continue;
      }
      const { by = last.by, to: place } = link;
      const branches = last.branches + (link.by === undefined ? 1 : 0);
      const before = onWay.get(place);
      if (before !== undefined) {
        // Links to branches only lead deeper, so that a way back has a reference.
        if (by !== undefined) found.push({ by, isBranch: branches > before.branches });
      } else if (!seen.has(place)) {
        const stop = { place, left: this.#from(place), by, branches };
        onWay.set(place, stop);
        way.push(stop);
      }
    }
    return found;
  }

  #from(place: string): IterableIterator<Link<Reference>> {
    return (this.#links.get(place) ?? []).values();
  }
}

/** The schema that a schema is a branch of. */
function holderOf({ document, pointer }: SchemaPlace): SchemaPlace | undefined {
  const holder = /^(.*)\/(?:allOf|anyOf|oneOf)\/\d+$/.exec(pointer)?.[1];
  return holder === undefined ? undefined : { document, pointer: holder };
}

function keyOf({ document, pointer }: SchemaPlace): string {
  return JSON.stringify([document.source.file, pointer]);
}
