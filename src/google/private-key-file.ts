import { inspect } from 'node:util';

const HIDDEN = '[private key]';

/**
 * The JSON text of a service account's credentials file, which Google hands out once. It is held where neither logging, JSON,
 * inspection nor string interpolation reach; `text()` is for the one writer of the file and for signing with it.
 */
export class PrivateKeyFile {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The file's whole content, private key included. */
  text(): string {
    return this.#text;
  }

  toString(): string {
    return HIDDEN;
  }

  toJSON(): string {
    return HIDDEN;
  }

  [inspect.custom](): string {
    return HIDDEN;
  }
}
