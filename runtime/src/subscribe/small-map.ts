/** Up to so many are found by looking at each. */
const FEW = 8;

/**
 * A map of few keys, nearly always none or one. A `Map` gets another table whenever its last key leaves, and each old table points
 * to the next: once one of them is old, the collector of young memory keeps all that follow, which makes its pauses longer.
 */
export class SmallMap<V> {
  readonly #keys: string[] = [];
  readonly #values: V[] = [];
  #many: Map<string, V> | undefined;

  get(key: string): V | undefined {
    if (this.#many !== undefined) return this.#many.get(key);
    const at = this.#keys.indexOf(key);
    // A look at place -1 is slow: no array has one.
    return at === -1 ? undefined : this.#values[at];
  }

  has(key: string): boolean {
    return this.#many === undefined ? this.#keys.includes(key) : this.#many.has(key);
  }

  set(key: string, value: V): void {
    if (this.#many !== undefined) {
      this.#many.set(key, value);
      return;
    }
    const at = this.#keys.indexOf(key);
    if (at !== -1) this.#values[at] = value;
    else if (this.#keys.length < FEW) {
      this.#keys.push(key);
      this.#values.push(value);
    } else {
      this.#many = new Map(this.#keys.map((one, place) => [one, this.#values[place] as V]));
      this.#many.set(key, value);
      this.#keys.length = 0;
      this.#values.length = 0;
    }
  }

  delete(key: string): void {
    if (this.#many !== undefined) {
      this.#many.delete(key);
      if (this.#many.size === 0) this.#many = undefined;
      return;
    }
    const at = this.#keys.indexOf(key);
    if (at === -1) return;
    // The last one takes its place.
    const lastKey = this.#keys.pop();
    const last = this.#values.pop();
    if (at === this.#keys.length || lastKey === undefined) return;
    this.#keys[at] = lastKey;
    this.#values[at] = last as V;
  }
}
