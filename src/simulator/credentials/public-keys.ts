import { createPublicKey } from 'node:crypto';
import type { Call } from '../call.ts';
import { param } from '../call.ts';
import { notFound } from '../errors.ts';
import { findAccount } from '../resources.ts';
import type { Route, Service } from '../router.ts';
import { systemKeyOf } from '../system-keys.ts';
import type { ServiceAccount } from '../world.ts';

const certificates: Service = {
  name: 'www.googleapis.com',
  title: 'Google public keys',
  activation: 'never',
  listed: false,
};

interface PublicKey {
  readonly id: string;
  readonly publicKey: string;
  readonly certificate: string;
}

/** The live keys of an account: its user-managed, enabled ones, then Google's own. */
async function keysOf({ world }: Call, account: ServiceAccount): Promise<PublicKey[]> {
  const now = world.clock.now();
  const users = world.keys
    .readAll('key')
    .map(([, key]) => key)
    .filter((key) => key.account === account.uniqueId && !key.disabled && now < key.validBefore);
  return [...users, await systemKeyOf(world, account)];
}

function jwk({ id, publicKey }: PublicKey): object {
  const { n, e } = createPublicKey(publicKey).export({ format: 'jwk' });
  return { kid: id, kty: 'RSA', alg: 'RS256', use: 'sig', n, e };
}

/** Public, as at Google: whoever knows the e-mail may check the account's signatures. */
function account(call: Call): ServiceAccount {
  const found = findAccount(call.world, param(call, 'account'));
  if (!found) throw notFound('Requested entity was not found.'); // [U] the text.
  return found;
}

async function x509(call: Call): Promise<object> {
  const keys = await keysOf(call, account(call));
  return Object.fromEntries(keys.map(({ id, certificate }) => [id, certificate]));
}

async function jwks(call: Call): Promise<object> {
  return { keys: (await keysOf(call, account(call))).map(jwk) };
}

/** The keys that sign ID tokens: here the Google-managed keys that have been used so far. */
async function certs({ world }: Call): Promise<object> {
  return { keys: (await Promise.all(world.systemKeys.values())).map(jwk) };
}

const open = { service: certificates, method: 'GET', credentials: 'none', charge: 'none' } as const;

export const publicKeyRoutes: readonly Route[] = [
  { ...open, pattern: '/service_accounts/v1/metadata/x509/{account}', handle: x509 },
  { ...open, pattern: '/robot/v1/metadata/x509/{account}', handle: x509 },
  { ...open, pattern: '/service_accounts/v1/jwk/{account}', handle: jwks },
  { ...open, pattern: '/service_accounts/v1/metadata/jwk/{account}', handle: jwks },
  { ...open, pattern: '/oauth2/v3/certs', handle: certs },
];
