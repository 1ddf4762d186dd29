import type { Key } from '../google/keys.ts';
import type { ListedKey, Problem } from '../wizard/problem.ts';
import type { Fact } from '../wizard/step.ts';
import type { Tools } from './goal.ts';
import { mostKeys, noRoom } from './key-problems.ts';
import type { SeenKey, WantedKey } from './key-wanted.ts';
import { lastUses, type LastUse } from './last-use.ts';

/** Whether the account can have one more key, once those that go are gone. */
export function hasRoom({ listed, going }: Pick<SeenKey, 'listed' | 'going'>): boolean {
  return listed.length - going.length < mostKeys;
}

/**
 * The problem of an account that has all the keys it may have: with what a person needs to choose one that can go. Only
 * looked into where it is the case, as it takes some more calls.
 */
export async function full(
  tools: Tools,
  { project, email, file, deleteKey }: WantedKey,
  { listed, local }: Pick<SeenKey, 'listed' | 'local'>,
): Promise<Problem> {
  const [uses, files] = await Promise.all([lastUses(tools.cloud, project, email), tools.keysHere()]);
  const held = local.kind === 'key' ? local.id : undefined;
  const now = tools.cloud.serverTime();
  const keys = listed
    .toSorted((a, b) => a.validAfter.getTime() - b.validAfter.getTime())
    .map((key) => told(key, { now, use: uses(key.id), file: key.id === held ? file : files.get(key.id) }));
  return {
    ...noRoom(email),
    ...(deleteKey !== undefined && { why: `${deleteKey.value} is not one of them` }),
    next: 'delete one that nobody uses: --delete-key=ID does so before the new one is made',
    keys: keys.map((key) => (key.id === held ? { ...key, inUse: true } : key)),
  };
}

function told(
  { id, validAfter, validBefore, disabled, origin }: Key,
  { now, use, file }: { now: Date; use: LastUse; file: string | undefined },
): ListedKey {
  const never = validBefore.getUTCFullYear() === 9999;
  return {
    id,
    created: validAfter.toISOString(),
    ageDays: Math.max(0, Math.floor((now.getTime() - validAfter.getTime()) / 86_400_000)),
    origin: origin === 'USER_PROVIDED' ? 'uploaded' : 'google',
    disabled,
    ...(!never && { expires: validBefore.toISOString() }),
    expired: validBefore <= now,
    ...(use.kind !== 'unknown' && { lastUsed: use.kind === 'never' ? null : use.day }),
    ...(file !== undefined && { file }),
  };
}

/** A key that was to be deleted and is not there, unless this step has just done so. */
export function factsOfChosen({ email, deleteKey }: WantedKey, { listed, deleted }: SeenKey): Fact[] {
  const id = deleteKey?.value;
  if (id === undefined || deleted.includes(id) || listed.some((key) => key.id === id)) return [];
  return [{ tone: 'attention', text: `${email} has no key ${id}: nothing is deleted for it` }];
}
