import { inspect } from 'node:util';

/**
 * The text of a file that holds a secret. It is held where neither logging, JSON, inspection nor string interpolation reach;
 * `text()` is for the one writer of the file.
 */
export class SecretFile {
  readonly #text: string;
  readonly #shown: string;

  /** @param shown what stands in its place wherever it is printed */
  constructor(text: string, shown = '[secret]') {
    this.#text = text;
    this.#shown = shown;
  }

  /** The file's whole content, secret included: to be written for its owner alone (0600). */
  text(): string {
    return this.#text;
  }

  toString(): string {
    return this.#shown;
  }

  toJSON(): string {
    return this.#shown;
  }

  [inspect.custom](): string {
    return this.#shown;
  }
}
