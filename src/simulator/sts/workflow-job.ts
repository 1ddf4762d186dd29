import { randomBytes } from 'node:crypto';
import type { World } from '../world.ts';
import { GITHUB, mintSubjectToken } from './issuers.ts';

/** Where jobs of this world ask for their tokens. */
export const JOB_PATH = '/_/oidc/job';

/** A job of GitHub Actions with `id-token: write`, begun: what GitHub puts into its environment (GitHub docs, OpenID Connect). */
export function beginJob(
  world: World,
  claims: Readonly<Record<string, unknown>>,
  origin: string,
): Record<string, string> {
  const token = randomBytes(24).toString('base64url');
  world.workflowJobs.set(token, claims);
  return {
    ACTIONS_ID_TOKEN_REQUEST_URL: `${origin}${JOB_PATH}?api-version=2.0`,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: token,
  };
}

/** The token of the job whose bearer asks, five minutes long; undefined for anybody else. */
export async function jobToken(
  world: World,
  bearer: string | undefined,
  query: URLSearchParams,
): Promise<string | undefined> {
  const claims = world.workflowJobs.get(bearer ?? '');
  if (claims === undefined || query.get('api-version') !== '2.0') return undefined;
  // Without one GitHub names the repository's owner, whom no provider of Google's expects.
  const audience = query.get('audience') ?? undefined;
  return mintSubjectToken(world, { issuer: GITHUB, audience, claims, lifetime: 300 });
}
