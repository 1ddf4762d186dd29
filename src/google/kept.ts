/** Reads that are kept, each under its key: whoever asks again, or meanwhile, gets the same. What failed is not kept. */
export class Kept<T> {
  readonly #reads = new Map<string, Promise<T>>();

  /** What was read under the key, or what `read` gives now. */
  get(key: string, read: () => Promise<T>): Promise<T> {
    const known = this.#reads.get(key);
    if (known) return known;
    const reading = read();
    this.#reads.set(key, reading);
    reading.catch(() => this.#reads.delete(key));
    return reading;
  }

  /** Forgets all. */
  clear(): void {
    this.#reads.clear();
  }
}
