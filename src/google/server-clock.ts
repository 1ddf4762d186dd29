/** A clock this far off is the first thing to mend where a grant is refused. */
const TELLING_SKEW_MS = 300_000;

/**
 * What time it is where the answers come from. Keeps the offset between the last answer's `Date` header and this machine's
 * clock: a laptop's clock may be wrong, and an assertion's `iat` and `exp` are judged by the server's. The header has whole
 * seconds and is older by the way back, so this time lags by up to about a second and never leads.
 */
export class ServerClock {
  #offsetMs = 0;
  #isKnown = false;

  /** Takes the `Date` header of an answer that has just arrived; one that is no date is ignored. */
  observe(date: string | undefined): void {
    const told = date === undefined ? Number.NaN : Date.parse(date);
    if (Number.isNaN(told)) return;
    this.#offsetMs = told - Date.now();
    this.#isKnown = true;
  }

  /** An answer has told the time. */
  get isKnown(): boolean {
    return this.#isKnown;
  }

  /** How far this machine's clock is ahead of the server's, in ms; negative where it is behind, 0 until an answer has come. */
  get skewMs(): number {
    return -this.#offsetMs;
  }

  /** The same, where it is so much that it is the first thing to mend when a grant is refused. */
  get tellingSkewMs(): number | undefined {
    return Math.abs(this.skewMs) > TELLING_SKEW_MS ? this.skewMs : undefined;
  }

  /** The server's time; this machine's until an answer has come. */
  now(): Date {
    return new Date(Date.now() + this.#offsetMs);
  }
}
