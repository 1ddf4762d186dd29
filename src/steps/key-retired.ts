import type { Key } from '../google/keys.ts';
import type { Journal, MadeEntry } from '../wizard/journal.ts';
import type { Fact, Made } from '../wizard/step.ts';
import { commandLine } from './shell.ts';
import { untilMinute } from './times.ts';

/**
 * A key that rotating took out of its file. `replaced`: it is still to be disabled; `disabled`: it is to be deleted once its
 * grace is over, as the journal remembers.
 */
export interface Retired {
  id: string;
  did: 'replaced' | 'disabled';
  /** When its grace is over; absent for one that is still to be disabled. */
  deleteAfter?: Date;
}

/** What the journal remembers of a key that another took the place of in its file. */
export function replacedKey(email: string, id: string, file: string): Made {
  return { what: 'key', did: 'replaced', name: email, evidence: { id, file } };
}

/** What it remembers of one that was disabled, to be deleted after a time of the server's clock. */
export function disabledKey(email: string, id: string, deleteAfter: Date): Made {
  return {
    what: 'key',
    did: 'disabled',
    name: email,
    evidence: { id, deleteAfter: deleteAfter.toISOString() },
  };
}

/** The keys of this account that rotating took out of their files and that still wait for their end, the oldest first. */
export function retiredKeys(journal: Pick<Journal, 'made'>, email: string): Retired[] {
  const retired = new Map<string, Retired>();
  for (const { what, did, name, evidence } of journal.made) {
    const { id, deleteAfter } = evidence;
    if (what !== 'key' || name !== email || id === undefined) continue;
    if (did === 'replaced') retired.set(id, { id, did });
    else if (did === 'disabled' && deleteAfter !== undefined)
      retired.set(id, { id, did, deleteAfter: new Date(deleteAfter) });
  }
  return [...retired.values()];
}

/** All that the journal remembers of these keys. */
export function entriesOf(journal: Pick<Journal, 'made'>, ids: readonly string[]): MadeEntry[] {
  return journal.made.filter(({ what, evidence }) => what === 'key' && ids.includes(evidence['id'] ?? ''));
}

/**
 * The keys whose grace is over: disabled by us and still so. One that somebody has enabled again is needed, and is left.
 * @param now - of the server's clock
 * @param held - the key in the file, which never is one of them
 */
export function dueKeys(
  retired: readonly Retired[],
  listed: readonly Key[],
  now: Date,
  held: string | undefined,
): Key[] {
  const due = retired.filter(({ deleteAfter }) => deleteAfter !== undefined && deleteAfter <= now);
  return listed.filter(({ id, disabled }) => disabled && id !== held && due.some((each) => each.id === id));
}

/** What a look tells of keys that wait for their end. */
export function factsOfRetired(
  retired: readonly Retired[],
  listed: readonly Key[],
  { held, going }: { held: string | undefined; going: readonly string[] },
): Fact[] {
  return retired.flatMap(({ id, deleteAfter }): Fact[] => {
    const key = listed.find((each) => each.id === id);
    if (key === undefined || id === held || going.includes(id)) return [];
    if (deleteAfter === undefined)
      return [
        {
          tone: 'attention',
          text: `key ${id} was replaced, and is still ${key.disabled ? 'there' : 'accepted'}: iamready rotate retires it`,
        },
      ];
    return key.disabled
      ? [{ tone: 'note', text: `key ${id} is disabled, to be deleted after ${untilMinute(deleteAfter)}` }]
      : [
          {
            tone: 'attention',
            text: `key ${id} was replaced and disabled, and somebody has enabled it again: it is left as it is`,
          },
        ];
  });
}

/** The gcloud command that does something to a key: "disable", "delete". */
export function keyCommand(
  verb: string,
  id: string,
  { email, project }: { email: string; project: string },
): string {
  return commandLine(
    ...['gcloud', 'iam', 'service-accounts', 'keys', verb, id],
    ...[`--iam-account=${email}`, `--project=${project}`],
  );
}
