/**
 * Where a value stands below a variable: `self`, `spec`, `@items`.
 *
 * The API server keeps paths in slices of Go. Two that go on from one may share their room, and then the later overwrites the last step
 * of the earlier: in `self.list.all(x, x.names.all(n, n != x.name))` the loop over x.names is counted to run as often as x.name has
 * characters. So this does the same.
 */
export class Path {
  static readonly none = new Path([], 0, 0);
  readonly #room: string[];
  readonly #capacity: number;
  readonly length: number;

  private constructor(room: string[], length: number, capacity: number) {
    this.#room = room;
    this.length = length;
    this.#capacity = capacity;
  }

  /** The path of a variable. */
  static of(variable: string): Path {
    return new Path([variable], 1, 1);
  }

  /** One step further. */
  to(step: string): Path {
    const hasRoom = this.length < this.#capacity;
    const room = hasRoom ? this.#room : this.#room.slice(0, this.length);
    room[this.length] = step;
    const length = this.length + 1;
    return new Path(room, length, hasRoom ? this.#capacity : Math.max(length, this.#capacity * 2));
  }

  /** One step further in room of its own. */
  toOwn(step: string): Path {
    return new Path([...this.#room.slice(0, this.length), step], this.length + 1, this.length + 1);
  }

  /** The steps as they are now; the first of them is the variable. */
  steps(): readonly string[] {
    return this.#room.slice(0, this.length);
  }
}
