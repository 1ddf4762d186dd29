/** As long as the minute by which such reads are limited: whoever mends something and looks again sees it. */
const KEPT_MS = 60_000;

/**
 * Reads of which Google allows few, kept for a minute, each under its key: whoever asks again, or meanwhile, gets the same.
 * What failed is not kept.
 */
export class Kept<T> {
  readonly #reads = new Map<string, { since: number; reading: Promise<T> }>();

  /** What was read under the key, or what `read` gives now. */
  get(key: string, read: () => Promise<T>): Promise<T> {
    const known = this.#reads.get(key);
    if (known && performance.now() - known.since < KEPT_MS) return known.reading;
    const kept = { since: performance.now(), reading: read() };
    this.#reads.set(key, kept);
    kept.reading.catch(() => {
      if (this.#reads.get(key) === kept) this.#reads.delete(key);
    });
    return kept.reading;
  }

  /** Forgets all. */
  clear(): void {
    this.#reads.clear();
  }
}
