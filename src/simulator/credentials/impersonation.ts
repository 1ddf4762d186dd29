import { createSign } from 'node:crypto';
import * as z from 'zod';
import { accessTo, createAccessMemo } from '../authorise.ts';
import { readBody } from '../body.ts';
import type { Call } from '../call.ts';
import { param } from '../call.ts';
import { timestamp } from '../clock.ts';
import { ApiError, iamDenied, invalidArgument, notFound } from '../errors.ts';
import { signJwt } from '../jwt.ts';
import type { Principal } from '../principals.ts';
import { accountResource, findAccount } from '../resources.ts';
import type { Handler, Route, Service } from '../router.ts';
import { systemKeyOf } from '../system-keys.ts';
import { issueToken } from '../tokens.ts';
import type { ServiceAccount } from '../world.ts';
import { makeIdToken } from './id-token.ts';

const iamcredentials: Service = {
  name: 'iamcredentials.googleapis.com',
  title: 'IAM Service Account Credentials API',
  activation: 'always',
};

const delegates = z.array(z.string()).max(20).optional();

/**
 * The account of a call whose caller holds the permission on it, through the chain of delegates if there is one: each
 * link must hold `iam.serviceAccounts.implicitDelegation` on the next (IAM docs, delegated requests).
 */
function target(call: Call, permission: string, chain: readonly string[] = []): ServiceAccount {
  if (param(call, 'project') !== '-') throw invalidArgument('Request contains an invalid argument.');
  const email = param(call, 'account');
  const links = chain.map((name) => require(call, name.replace(/^projects\/-\/serviceAccounts\//, '')));
  const account = require(call, email);
  const path = [...links, account];
  let caller: Call = call;
  for (const [index, link] of path.entries()) {
    const last = index === path.length - 1;
    const needed = last ? permission : 'iam.serviceAccounts.implicitDelegation';
    if (!accessTo(caller, accountResource(call.world, link)).holds(needed)) throw iamDenied(needed);
    const principal: Principal = { kind: 'serviceAccount', ...link };
    caller = { ...call, principal, access: createAccessMemo(call.world, principal) };
  }
  if (account.disabled) throw new ApiError('FAILED_PRECONDITION', 'Service account is disabled.'); // [U]
  return account;
}

function require(call: Call, email: string): ServiceAccount {
  const account = findAccount(call.world, email);
  if (!account) throw notFound(`Not found; Gaia id not found for email ${email}`);
  return account;
}

const AccessTokenRequest = z.strictObject({
  delegates,
  scope: z.array(z.string()).optional(),
  lifetime: z.string().optional(),
});

const generateAccessToken: Handler = (call) => {
  const request = readBody(call, AccessTokenRequest);
  if (!request.scope?.length) throw invalidArgument('Request contains an invalid argument.');
  const seconds = Number(/^(\d+(?:\.\d+)?)s$/.exec(request.lifetime ?? '3600s')?.[1]);
  if (Number.isNaN(seconds)) throw invalidArgument('Request contains an invalid argument.');
  // Measured, September 2026; [U] how the second text begins.
  if (seconds <= 0) throw invalidArgument('Lifetime of access token must be larger then zero.');
  if (seconds > 3600)
    throw invalidArgument(
      'Access tokens can not have lifetimes of more than 1 hour. Use the Org Policy Constraint constraints/iam.allowServiceAccountCredentialLifetimeExtension to allow up to 12 hours.',
    );
  const account = target(call, 'iam.serviceAccounts.getAccessToken', request.delegates);
  const { token, expiresAt } = issueToken(call.world, account, request.scope, seconds);
  return { accessToken: token, expireTime: timestamp(Math.floor(expiresAt / 1000) * 1000) };
};

const IdTokenRequest = z.strictObject({
  delegates,
  audience: z.string().optional(),
  includeEmail: z.boolean().optional(),
  organizationNumberIncluded: z.boolean().optional(),
});

const generateIdToken: Handler = async (call) => {
  const request = readBody(call, IdTokenRequest);
  if (!request.audience) throw invalidArgument('Request contains an invalid argument.');
  const account = target(call, 'iam.serviceAccounts.getOpenIdToken', request.delegates);
  return { token: await makeIdToken(call.world, account, request.audience, request.includeEmail ?? false) };
};

const SignRequest = z.strictObject({ delegates, payload: z.string().optional() });

const signBlob: Handler = async (call) => {
  const request = readBody(call, SignRequest);
  const account = target(call, 'iam.serviceAccounts.signBlob', request.delegates);
  const key = await systemKeyOf(call.world, account);
  const signature = createSign('RSA-SHA256').update(Buffer.from(request.payload ?? '', 'base64'));
  return { keyId: key.id, signedBlob: signature.sign(key.privateKey).toString('base64') };
};

const TWELVE_HOURS = 12 * 3600;

const signJwtClaims: Handler = async (call) => {
  const { payload = '', delegates: chain } = readBody(call, SignRequest);
  const account = target(call, 'iam.serviceAccounts.signJwt', chain);
  const claims = z.object({ exp: z.number().optional() }).safeParse(parseJson(payload));
  if (!claims.success) throw invalidArgument('Request contains an invalid argument.');
  const now = call.world.clock.now() / 1000;
  if ((claims.data.exp ?? now) > now + TWELVE_HOURS)
    throw invalidArgument('The exp claim in the JWT payload is too far in the future.'); // [U] the text.
  const key = await systemKeyOf(call.world, account);
  return { keyId: key.id, signedJwt: signJwt(payload, key.id, key.privateKey) };
};

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const verbs = { generateAccessToken, generateIdToken, signBlob, signJwt: signJwtClaims };

export const impersonationRoutes: readonly Route[] = Object.entries(verbs).map(([verb, handle]) => ({
  service: iamcredentials,
  method: 'POST',
  pattern: `/v1/projects/{project}/serviceAccounts/{account}:${verb}`,
  handle,
  charge: 'read',
}));
