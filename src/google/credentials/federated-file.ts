import type {
  AwsClientOptions,
  IdentityPoolClientOptions,
  PluggableAuthClientOptions,
} from 'google-auth-library';
import * as z from 'zod';
import type { Credentials, Token, TokenContext } from '../credentials.ts';
import { printable } from '../printable.ts';
import { CredentialsError } from './credentials-error.ts';
import { notForEndpoint } from './not-for-endpoint.ts';
import { CLOUD_PLATFORM } from './scope.ts';

const workloadJson = z.looseObject({
  type: z.literal('external_account'),
  audience: z.string(),
  subject_token_type: z.string(),
  credential_source: z.looseObject({
    environment_id: z.string().optional(),
    executable: z.looseObject({ command: z.string() }).optional(),
  }),
});
const workforceJson = z.looseObject({
  type: z.literal('external_account_authorized_user'),
  audience: z.string(),
  client_id: z.string(),
  client_secret: z.string(),
  refresh_token: z.string(),
  token_info_url: z.string(),
});
const federatedJson = z.discriminatedUnion('type', [workloadJson, workforceJson]);
type FederatedJson = z.infer<typeof federatedJson>;

/**
 * Tokens for an identity of another provider (workload and workforce identity federation), fetched by Google's auth library:
 * it knows the many sources of a subject token. It makes those calls by itself, so that its retries are its own and its
 * errors are only as exact as their text.
 * @param json the parsed file, whose `type` is `external_account` or `external_account_authorized_user`
 * @returns nothing when a field is missing or wrong
 */
export function federatedToken(json: unknown, place: string): Credentials['token'] | undefined {
  const read = federatedJson.safeParse(json);
  if (!read.success) return undefined;
  return async (context) => {
    if (!context.isGoogle) throw notForEndpoint(read.data.type, place);
    try {
      return await withinDeadline(context, fetchToken(read.data, context));
    } catch (error) {
      const why = error instanceof Error ? printable(error.message, secretsOf(read.data), 300) : 'unknown';
      // Not as `cause`: the library's error holds the request.
      throw new CredentialsError({
        kind: 'unusable',
        place,
        value: why,
        remedy: 'gcloud auth application-default login',
        message: `the credentials in ${place} gave no token: ${why}`,
      });
    }
  };
}

/** What of the file itself no error may quote. */
function secretsOf(json: FederatedJson): string[] {
  return json.type === 'external_account' ? [] : [json.client_secret, json.refresh_token];
}

async function fetchToken(json: FederatedJson, context: TokenContext): Promise<Token> {
  const client = await openClient(json);
  const { token } = await client.getAccessToken();
  if (!token) throw new Error('no access token came of it');
  const end = client.credentials.expiry_date;
  // The library counts by this machine's clock.
  const expiresAt = end && new Date(context.now().getTime() + end - Date.now());
  return { value: token, ...(expiresAt ? { expiresAt } : {}) };
}

/**
 * Chooses as the library's `ExternalAccountClient.fromJSON` does, which would write a warning on stderr. What our schemas do
 * not look at, the constructors check.
 */
async function openClient(json: FederatedJson) {
  const google = await import('../google-libraries.ts');
  // The library's interceptors write requests and answers, tokens included, to its debug log.
  const options = { ...json, scopes: [CLOUD_PLATFORM], useAuthRequestParameters: false };
  if (options.type === 'external_account_authorized_user')
    return new google.ExternalAccountAuthorizedUserClient(options);
  const { executable, environment_id: environmentId } = options.credential_source;
  if (environmentId !== undefined) return new google.AwsClient(options as AwsClientOptions);
  if (executable !== undefined) return new google.PluggableAuthClient(options as PluggableAuthClientOptions);
  return new google.IdentityPoolClient(options as IdentityPoolClientOptions);
}

async function withinDeadline<T>(context: TokenContext, work: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const stop = () => reject(new Error('cancelled'));
  const timer = setTimeout(
    () => reject(new Error(`no token within ${context.deadlineMs} ms`)),
    context.deadlineMs,
  );
  context.signal?.addEventListener('abort', stop);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    context.signal?.removeEventListener('abort', stop);
  }
}
