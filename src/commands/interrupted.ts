/** A person ended the run at a question; the same as Ctrl-C anywhere else. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';
}
