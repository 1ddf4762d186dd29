import * as z from 'zod';
import type { Credentials } from '../credentials.ts';
import { printable } from '../printable.ts';
import { impersonated } from './impersonated.ts';
import { CLOUD_PLATFORM } from './scope.ts';
import { tokenText } from './token-text.ts';

/** An identity that a workload identity pool believes, by a token of its own provider. */
export interface Federation {
  /** `//iam.googleapis.com/` and the full name of the provider, with the project's number. */
  audience: string;
  /** The provider's token (a signed JWT), or what fetches one: it ends soon, and is needed again whenever ours has ended. */
  subjectToken: string | (() => string | Promise<string>);
  /** E-mail address of a service account to act as; absent: the identity calls as itself. */
  impersonate?: string;
  /** Whose token it is, for print, where that is known. */
  principal?: string;
}

/**
 * `expires_in` is absent for some subject tokens (discovery document); the token is then used until it is refused. Made when
 * it is needed, as few runs do.
 */
const exchanged = () =>
  z.object({
    access_token: tokenText,
    expires_in: z.number().positive().optional(),
  });

/**
 * An identity of another provider, by the token that the provider gave it (RFC 8693, Security Token Service API v1). The
 * subject token goes to the other end that was chosen, Google or not: whoever makes these credentials has named both. As
 * with a key, nothing but the exchange itself proves that pool, provider and condition let it in.
 */
export function federatedCredentials(federation: Federation): Credentials {
  const { audience, subjectToken, impersonate } = federation;
  const itself: Credentials = {
    kind: 'federated-file',
    principal: federation.principal ?? `the identity that ${printable(audience)} vouches for`,
    async token(context) {
      const subject = typeof subjectToken === 'string' ? subjectToken : await subjectToken();
      const answer = await context.post({
        api: 'sts',
        method: 'token',
        url: `${context.isGoogle ? 'https://sts.googleapis.com' : (context.endpoint ?? '')}/v1/token`,
        form: {
          grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
          audience,
          scope: CLOUD_PLATFORM,
          requested_token_type: 'urn:ietf:params:oauth:token-type:access_token',
          subject_token: subject,
          subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
        },
        secrets: [subject],
        schema: exchanged(),
      });
      const { access_token: value, expires_in: seconds } = answer;
      if (seconds === undefined) return { value };
      return { value, expiresAt: new Date(context.now().getTime() + seconds * 1000) };
    },
  };
  return impersonate === undefined ? itself : impersonated(impersonate, itself);
}
