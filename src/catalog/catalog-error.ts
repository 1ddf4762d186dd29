/** A catalog file, or a file that was to refresh it, that is not as it should be. */
export class CatalogError extends Error {
  override readonly name = 'CatalogError';
  /** The one next step. */
  readonly remedy: string;

  /** @param message names the file, what stands there and what was expected */
  constructor(message: string, remedy: string, options?: ErrorOptions) {
    super(message, options);
    this.remedy = remedy;
  }
}
