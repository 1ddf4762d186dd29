import { withClockSkew } from './credentials/credentials-error.ts';
import type { Credentials, Token, TokenContext } from './credentials.ts';

/** A token this close to its end is fetched anew, in ms of the server's clock. */
const EARLY_MS = 60_000;

/** One principal's token: fetched once for all who ask at the same time, kept until shortly before its end or its refusal. */
export class Tokens {
  readonly #credentials: Credentials;
  readonly #context: TokenContext;
  #held: Token | undefined;
  #fetching: Promise<Token> | undefined;

  constructor(credentials: Credentials, context: TokenContext) {
    this.#credentials = credentials;
    this.#context = context;
  }

  /** The project that is charged with this principal's quota, where its credentials name one. */
  get quotaProject(): string | undefined {
    return this.#credentials.quotaProject;
  }

  /** When the token that is held ends, by the server's clock, where its source says so. */
  get expiresAt(): Date | undefined {
    return this.#held?.expiresAt;
  }

  /**
   * A token that should be good now.
   * @throws {CredentialsError | CloudError}
   */
  async current(): Promise<string> {
    if (this.#held && this.#fresh(this.#held)) return this.#held.value;
    this.#fetching ??= this.#fetch();
    return (await this.#fetching).value;
  }

  /** Forgets the token, so that the next call fetches another; called when Google answered it with 401. */
  refused(value: string): void {
    if (this.#held?.value === value) this.#held = undefined;
  }

  #fresh(token: Token): boolean {
    return !token.expiresAt || token.expiresAt.getTime() - EARLY_MS > this.#context.now().getTime();
  }

  async #fetch(): Promise<Token> {
    try {
      return (this.#held = await this.#credentials.token(this.#context));
    } catch (error) {
      throw await withClockSkew(error, () => this.#context.clockSkewMs());
    } finally {
      this.#fetching = undefined;
    }
  }
}
