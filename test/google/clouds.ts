import { openCloud, type Cloud, type CloudOptions } from '../../src/google/cloud.ts';
import type { Credentials } from '../../src/google/credentials.ts';
import { CloudError } from '../../src/google/errors.ts';

/** A token that must never be seen in an error or a log. */
export const TOKEN = 'tok-3f9a1c77-secret';

/** Credentials that hand out the tokens one after the other, then the last one again. */
export function fixedTokens(...tokens: string[]): Credentials {
  let next = 0;
  return {
    kind: 'access-token',
    principal: 'the test',
    token: () => Promise.resolve({ value: tokens[Math.min(next++, tokens.length - 1)] ?? '' }),
  };
}

/** The cloud at a test server, called with `TOKEN`. */
export function cloudAt(endpoint: string, options: Partial<CloudOptions> = {}): Cloud {
  return openCloud({ endpoint, credentials: fixedTokens(TOKEN), ...options });
}

/** The CloudError that a call ends with. */
export async function failure(call: Promise<unknown>): Promise<CloudError> {
  const outcome = await call.then(
    () => new Error('the call went well'),
    (error: unknown) => error,
  );
  if (outcome instanceof CloudError) return outcome;
  throw new Error('not a CloudError', { cause: outcome });
}
