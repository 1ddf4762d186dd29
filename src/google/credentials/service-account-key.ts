import { sign, type KeyObject } from 'node:crypto';
import * as z from 'zod';
import type { Credentials, Token, TokenContext } from '../credentials.ts';
import { isCloudError } from '../errors.ts';
import { printable } from '../printable.ts';
import type { PrivateKeyFile } from '../private-key-file.ts';
import { CredentialsError, type CredentialsFault } from './credentials-error.ts';
import { notJson } from './not-json.ts';
import { privateKeyFaults, readPrivateKey } from './private-key-fault.ts';
import { CLOUD_PLATFORM } from './scope.ts';
import { GOOGLE_TOKEN_URL } from './token-url.ts';
import { tokenText } from './token-text.ts';

const keySchema = z.object({
  type: z.literal('service_account'),
  project_id: z.string().optional(),
  client_email: z.email(),
  private_key_id: z.string().min(1).optional(),
  private_key: z.string().min(1),
  universe_domain: z.string().optional(),
});
const granted = z.object({ access_token: tokenText, expires_in: z.number().positive() });

const LIFETIME_S = 3600;
/** With a clock this far off, a server refuses the assertion's times whatever the key. */
const CLOCK_DIFFERENCE_MS = 30_000;

/**
 * A service account, by its key. Each token is exchanged for an assertion signed with the key (RFC 7523), never self-signed,
 * so that the other end has really checked key and account.
 * @param file the JSON text of the credentials file
 * @param place where it stands, for errors
 * @throws {CredentialsError} `not-a-key`, `other-universe`
 */
export function serviceAccountKey(file: string | PrivateKeyFile, place = 'the key'): Credentials {
  const text = typeof file === 'string' ? file : file.text();
  const { email, project, keyId, privateKey } = readKey(text, place);
  return {
    kind: 'key-file',
    principal: email,
    email,
    ...(project && { project }),
    async token(context) {
      const signedAt = context.now();
      try {
        return await exchangeAssertion(context, email, keyId, privateKey, signedAt);
      } catch (error) {
        // The refusal tells the server's time; when ours was wrong, that alone can be the reason.
        const difference = Math.abs(context.now().getTime() - signedAt.getTime());
        if (!isCloudError(error, 'invalid-grant') || difference < CLOCK_DIFFERENCE_MS) throw error;
        return exchangeAssertion(context, email, keyId, privateKey, context.now());
      }
    },
  };
}

interface ReadKey {
  email: string;
  project: string | undefined;
  keyId?: string;
  privateKey: KeyObject;
}

function readKey(text: string, place: string): ReadKey {
  const notAKey = (value: string, fault?: CredentialsFault) =>
    new CredentialsError({
      kind: 'not-a-key',
      ...(fault && { fault }),
      place,
      value,
      remedy: 'use the JSON key file as Google made it',
      message: `${place} is not a service account key: ${value}`,
    });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw notAKey(notJson(text), 'not-json');
  }
  const read = keySchema.safeParse(json);
  if (!read.success) {
    const field = read.error.issues[0]?.path.map(String).join('.');
    throw notAKey(
      field ? `${printable(field)} is missing or wrong` : 'not a JSON object',
      field === 'type' || field === undefined
        ? 'wrong-type'
        : field === 'client_email'
          ? 'not-an-account'
          : 'missing',
    );
  }
  const {
    project_id: project,
    client_email: email,
    private_key_id: keyId,
    private_key: pem,
    universe_domain: universe,
  } = read.data;
  if (universe !== undefined && universe !== 'googleapis.com')
    throw new CredentialsError({
      kind: 'other-universe',
      place,
      value: printable(universe),
      remedy: 'use a key of googleapis.com',
      message: `${place} is for another universe: ${printable(universe)}`,
    });
  const privateKey = readPrivateKey(pem);
  if (!privateKey.ok) throw notAKey(`private_key is ${privateKeyFaults[privateKey.fault]}`, privateKey.fault);
  return {
    email,
    project: project && printable(project),
    privateKey: privateKey.key,
    ...(keyId === undefined ? {} : { keyId }),
  };
}

async function exchangeAssertion(
  context: TokenContext,
  email: string,
  keyId: string | undefined,
  privateKey: KeyObject,
  now: Date,
): Promise<Token> {
  // The audience names the very endpoint asked: an assertion given to another server is worthless at Google.
  const url = context.isGoogle ? GOOGLE_TOKEN_URL : `${context.endpoint ?? ''}/token`;
  const iat = Math.floor(now.getTime() / 1000);
  const assertion = signJwt(
    { alg: 'RS256', typ: 'JWT', ...(keyId ? { kid: keyId } : {}) },
    { iss: email, scope: CLOUD_PLATFORM, aud: url, iat, exp: iat + LIFETIME_S },
    privateKey,
  );
  const answer = await context.post({
    api: 'oauth2',
    method: 'token',
    url,
    form: { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion },
    secrets: [assertion],
    schema: granted,
  });
  return {
    value: answer.access_token,
    expiresAt: new Date(context.now().getTime() + answer.expires_in * 1000),
  };
}

function signJwt(header: object, claims: object, privateKey: KeyObject): string {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const signed = `${encode(header)}.${encode(claims)}`;
  return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), privateKey).toString('base64url')}`;
}
