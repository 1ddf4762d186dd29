import * as z from 'zod';
import type { Call } from '../call.ts';
import { view } from '../call.ts';
import { findProject } from '../resources.ts';
import type { Route, Service } from '../router.ts';
import { issueFederatedToken } from '../tokens.ts';
import type { PoolProvider, Project } from '../world.ts';
import { isUsable } from '../workload-identity/life.ts';
import { identityOf } from './identity.ts';
import { invalidAudience, invalidTarget, refuse } from './refusals.ts';
import { believe } from './subject-token.ts';

/** [U] that it answers in projects that have not enabled it. */
const sts: Service = {
  name: 'sts.googleapis.com',
  title: 'Security Token Service API',
  activation: 'never',
};

const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
const TYPE = 'urn:ietf:params:oauth:token-type:';

/** Names as RFC 8693 has them, in which forms are sent, and as the discovery document has them. */
const Request = z
  .record(z.string(), z.unknown())
  .transform((sent) =>
    Object.fromEntries(
      Object.entries(sent).map(([name, value]) => [
        name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
        typeof value === 'string' ? value : '',
      ]),
    ),
  );

/** The live provider that an audience names, by the project's number, in a live pool, as far as a replica knows. */
function providerOf(call: Call, audience: string): { provider: PoolProvider; project: Project } {
  const { world } = call;
  const [, name, pool = '', number = ''] =
    /^(?:https:)?\/\/iam\.googleapis\.com\/((projects\/([^/]+)\/locations\/global\/workloadIdentityPools\/[^/]+)\/providers\/[^/]+)$/.exec(
      audience,
    ) ?? [];
  if (name === undefined) throw invalidAudience();
  const provider = view(call, world.poolProviders, name, 'key');
  const project = findProject(world, number);
  if (!project || !isUsable(provider) || !isUsable(view(call, world.pools, pool, 'key')))
    throw invalidTarget();
  return { provider, project };
}

/**
 * POST /v1/token: exchanges an OIDC token for a federated access token, good for as long as the token is and an hour at
 * most (measured). Texts that no comment elsewhere vouches for are [U].
 */
async function exchange(call: Call): Promise<object> {
  const request = Request.parse(call.body);
  const { grant_type: grant = '', subject_token: token = '', scope = '', audience = '' } = request;
  if (grant !== TOKEN_EXCHANGE) throw refuse('unsupported_grant_type', `Invalid grant_type: ${grant}`);
  if (request.requested_token_type !== `${TYPE}access_token`)
    throw refuse('invalid_request', 'Invalid value for "requested_token_type".');
  if (![`${TYPE}jwt`, `${TYPE}id_token`].includes(request.subject_token_type ?? ''))
    throw refuse('invalid_request', 'Invalid value for "subject_token_type".');
  const { provider, project } = providerOf(call, audience);
  if (scope.trim() === '') throw refuse('invalid_scope', 'Missing required parameter: scope');
  const { claims, expiresAt } = await believe(call.world, provider, token);
  const identity = identityOf(provider, project, claims);
  // A token may be past its end by the tolerated minute, and then gets what is left of that (measured).
  const left = Math.floor((expiresAt - call.world.clock.now()) / 1000);
  const seconds = Math.max(1, Math.min(left <= 0 ? left + 60 : left, 3600) - 1);
  return {
    access_token: issueFederatedToken(call.world, identity, scope.split(' '), seconds),
    issued_token_type: `${TYPE}access_token`,
    token_type: 'Bearer',
    expires_in: seconds,
  };
}

export const stsRoutes: readonly Route[] = [
  {
    service: sts,
    method: 'POST',
    pattern: '/v1/token',
    handle: exchange,
    credentials: 'none',
    charge: 'none',
  },
];
