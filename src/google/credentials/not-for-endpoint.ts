import type { Credentials } from '../credentials.ts';
import { isGoogleEndpoint } from '../endpoint.ts';
import { CredentialsError } from './credentials-error.ts';

/** Whether what these credentials show for a token may be shown there. @param endpoint absent: Google */
export function mayGoTo(
  { googleOnly, home }: Pick<Credentials, 'googleOnly' | 'home'>,
  endpoint: string | undefined,
): boolean {
  return googleOnly !== true || isGoogleEndpoint(endpoint) || home === endpoint;
}

/** The refusal to show Google's own credentials (a refresh or subject token) to another server. */
export function notForEndpoint(type: string, place: string): CredentialsError {
  return new CredentialsError({
    kind: 'not-for-endpoint',
    place,
    value: type,
    remedy: 'name a service account key or an access token made for that endpoint',
    message: `${place} (${type}) is for Google alone and is not sent to another endpoint`,
  });
}
