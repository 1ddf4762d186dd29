import type { Call } from '../call.ts';
import { param, view } from '../call.ts';
import { invalidArgument } from '../errors.ts';
import { systemKeyFacts, systemKeyOf } from '../system-keys.ts';
import type { ServiceAccount } from '../world.ts';
import { seenAccount } from './account-lookup.ts';
import { keyNotFound } from './key-rules.ts';
import type { ShownKey } from './key-show.ts';
import { showKey } from './key-show.ts';

/** The account's Google-managed key: everyone has one, and nobody sees its private half. */
function systemKey(account: ServiceAccount): ShownKey {
  return {
    ...systemKeyFacts(account),
    type: 'SYSTEM_MANAGED',
    origin: 'GOOGLE_PROVIDED',
    algorithm: 'KEY_ALG_RSA_2048',
    disabled: false,
  };
}

/** LIST of keys, Google-managed ones too unless `keyTypes` says otherwise. Not paged (discovery document). */
export function listKeys(call: Call): object {
  const account = seenAccount(call, 'iam.serviceAccountKeys.list');
  const types = call.query.getAll('keyTypes').filter((type) => type !== 'KEY_TYPE_UNSPECIFIED');
  const wrong = types.find((type) => type !== 'USER_MANAGED' && type !== 'SYSTEM_MANAGED');
  if (wrong !== undefined) throw invalidArgument(`Invalid value at 'key_types': "${wrong}"`);
  const users = call.world.keys
    .readAll()
    .filter(([name]) => name.startsWith(`${account.uniqueId}/`))
    .map(([, key]) => key);
  const keys = [...users, systemKey(account)].filter(
    ({ type }) => types.length === 0 || types.includes(type),
  );
  return { keys: keys.length ? keys.map((key) => showKey(account, key)) : undefined };
}

/** GET of a key; `publicKeyType` asks for the public half, as a certificate or bare. */
export async function getKey(call: Call): Promise<object> {
  const account = seenAccount(call, 'iam.serviceAccountKeys.get');
  const id = param(call, 'key');
  const isSystem = id === systemKeyFacts(account).id;
  const user = view(call, call.world.keys, `${account.uniqueId}/${id}`);
  const shown = isSystem ? systemKey(account) : user;
  if (!shown) throw keyNotFound(id);
  const form = call.query.get('publicKeyType') ?? 'TYPE_NONE';
  if (form === 'TYPE_NONE') return showKey(account, shown);
  const halves = isSystem ? await systemKeyOf(call.world, account) : user;
  const pem = form === 'TYPE_X509_PEM_FILE' ? halves?.certificate : halves?.publicKey;
  if (pem === undefined || !['TYPE_X509_PEM_FILE', 'TYPE_RAW_PUBLIC_KEY'].includes(form)) {
    throw invalidArgument(`Invalid value at 'public_key_type': "${form}"`);
  }
  return showKey(account, shown, { publicKeyData: Buffer.from(pem).toString('base64') });
}
