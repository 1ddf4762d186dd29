/** Why a simulator did not start: the person's to mend. Not an answer of an API; for those see errors.ts. */
export class SimulatorError extends Error {
  override readonly name = 'SimulatorError';
  /** Where: a file and line, or an address. */
  readonly place: string;
  /** What was found there, if anything was. */
  readonly value: string | undefined;
  /** What to do about it. */
  readonly remedy: string;

  constructor(
    message: string,
    more: { place: string; value?: string | undefined; remedy: string; cause?: unknown },
  ) {
    super(message, { cause: more.cause });
    this.place = more.place;
    this.value = more.value;
    this.remedy = more.remedy;
  }
}
