import { createHash } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { omitDefaults } from '../body.ts';
import { timestamp } from '../clock.ts';
import type { AccountKey, ServiceAccount } from '../world.ts';
import { accountName } from './account-show.ts';

/** What an answer says of a key. */
export type ShownKey = Omit<AccountKey, 'account' | 'publicKey' | 'certificate'>;

/** IAM tells times of keys in whole seconds (recorded). */
const seconds = (milliseconds: number) => timestamp(Math.floor(milliseconds / 1000) * 1000);

/** A key as the API shows it; `more` is what only some answers hold, such as its data. */
export function showKey(account: ServiceAccount, key: ShownKey, more: Record<string, unknown> = {}): object {
  return omitDefaults({
    name: `${accountName(account)}/keys/${key.id}`,
    ...more,
    validAfterTime: seconds(key.validAfter),
    validBeforeTime: seconds(key.validBefore),
    keyAlgorithm: key.algorithm,
    keyOrigin: key.origin,
    keyType: key.type,
    disabled: key.disabled,
    disableReason: key.disabled ? 'SERVICE_ACCOUNT_KEY_DISABLE_REASON_USER_INITIATED' : undefined,
  });
}

/** A key's ID: 40 hexadecimal digits, here of the public half, so that it is never the same twice. */
export function keyIdOf(publicKey: KeyObject): string {
  return createHash('sha1')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex');
}
