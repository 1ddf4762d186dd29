import type { Credentials } from '../credentials.ts';
import { printable } from '../printable.ts';
import { CredentialsError } from './credentials-error.ts';
import { readSmallFile } from './read-file.ts';
import { TOKEN } from './token-text.ts';

const LONGEST_TOKEN_FILE = 16 * 1024;

/**
 * An access token that somebody else fetched and keeps in a file. A regular file is read again when Google refuses the
 * token, because whoever keeps it may have renewed it.
 * @param principal whose token it is, where that is known
 * @throws {CredentialsError} `unreadable`, or `not-a-token`: empty, several lines, other characters than a token's
 */
export async function accessTokenFile(path: string, principal?: string): Promise<Credentials> {
  const first = await readToken(path);
  let unused: string | undefined = first.token;
  return {
    kind: 'access-token',
    principal: principal ?? `the access token in ${printable(path)}`,
    ...(principal?.includes('@') && { email: principal }),
    async token() {
      const value = unused ?? (first.renewable ? (await readToken(path)).token : first.token);
      unused = undefined;
      return { value };
    },
  };
}

async function readToken(path: string): Promise<{ token: string; renewable: boolean }> {
  const { text, renewable } = await readSmallFile(path, LONGEST_TOKEN_FILE);
  return { token: asToken(text, printable(path)), renewable };
}

/**
 * Takes the token out of a file's or command's text.
 * @throws {CredentialsError} `not-a-token`
 */
export function asToken(text: string, place: string): string {
  const token = text.trim();
  const value =
    token === ''
      ? 'empty'
      : /[\r\n]/.test(token)
        ? 'several lines'
        : TOKEN.test(token)
          ? undefined
          : 'characters that no access token has';
  if (value === undefined) return token;
  throw new CredentialsError({
    kind: 'not-a-token',
    place,
    value,
    remedy: 'store the token alone, as `gcloud auth print-access-token` prints it',
    message: `no access token in ${place}: ${value}`,
  });
}
