import type { Cloud } from '../google/cloud.ts';
import type { Key } from '../google/keys.ts';
import type { Journal } from '../wizard/journal.ts';
import type { Change } from '../wizard/step.ts';
import { againIfUnavailable } from './again.ts';
import { dueKeys, entriesOf, keyCommand, retiredKeys } from './key-retired.ts';
import type { WantedKey } from './key-wanted.ts';
import { untilMinute } from './times.ts';

/** A key that is to be deleted, and why: none goes that the plan does not show. */
export interface GoingKey {
  id: string;
  told: Pick<Change, 'from' | 'why' | 'source'>;
}

interface Found {
  listed: readonly Key[];
  /** Keys that an interrupted run made and nobody holds. */
  orphans: readonly Key[];
  held: string | undefined;
  now: Date;
}

/** The keys that go: orphans of ours, those of ours whose grace is over, and the one that a person chose. */
export function goingKeys(
  { email, deleteKey }: WantedKey,
  journal: Pick<Journal, 'made'>,
  { listed, orphans, held, now }: Found,
): GoingKey[] {
  const going = new Map<string, GoingKey>();
  for (const { id, validAfter, disabled } of listed.filter((key) => key.id === deleteKey?.value))
    going.set(id, {
      id,
      told: {
        from: `made on ${untilMinute(validAfter).slice(0, 10)}${disabled ? ', disabled' : ''}`,
        why: 'whoever signs in with it is locked out',
        source: deleteKey?.source ?? '',
      },
    });
  for (const { id } of dueKeys(retiredKeys(journal, email), listed, now, held))
    going.set(id, {
      id,
      told: {
        from: 'replaced and disabled by iamready rotate',
        why: 'its grace is over',
        source: 'the journal of the run that replaced it',
      },
    });
  for (const { id } of orphans)
    going.set(id, {
      id,
      told: {
        from: 'made by a run that was interrupted; no file holds it',
        why: 'a key that nobody holds can only be found by somebody else',
        source: 'the journal of the interrupted run',
      },
    });
  return [...going.values()];
}

/** What the plan shows of them. */
export function goingChanges({ project, email }: WantedKey, going: readonly GoingKey[]): Change[] {
  return going.map(({ id, told }) => ({
    sign: '-',
    what: 'key',
    name: id,
    ...told,
    to: 'deleted',
    gcloud: keyCommand('delete', id, { email, project }),
    requires: ['iam.serviceAccountKeys.delete'],
  }));
}

/** Deletes keys, each that is gone already being done, and forgets what the journal remembers of them. */
export async function deleteKeys(
  cloud: Cloud,
  { project, email }: Pick<WantedKey, 'project' | 'email'>,
  ids: readonly string[],
  { journal, signal }: { journal: Journal; signal: AbortSignal },
): Promise<void> {
  for (const id of ids) await againIfUnavailable(() => cloud.keys.delete(project, email, id), signal);
  const entries = entriesOf(journal, ids);
  if (entries.length > 0) await journal.forget(entries);
}
