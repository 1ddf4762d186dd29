import { isCloudError } from '../google/errors.ts';
import { ProblemError } from '../wizard/problem.ts';
import type { Change, Evidence, Step } from '../wizard/step.ts';
import { againIfUnavailable } from './again.ts';
import { cloudProblem } from './cloud-problem.ts';
import type { Goal, Tools } from './goal.ts';
import { readKeyFile } from './key-file.ts';
import { deleteKeys } from './key-going.ts';
import { inUse } from './key-problems.ts';
import { factsOfRetired, keyCommand } from './key-retired.ts';
import { seenKeys } from './key-seen.ts';
import type { WantedKey } from './key-wanted.ts';
import { keyStep } from './key.ts';
import { replacedIds, replacedNext, type Rotation, type SeenRotation } from './rotation.ts';
import { inWords } from './times.ts';

/** Disables the old key, and deletes it at once where it has no grace; else the journal remembers when. */
export const oldKeyStep = (rotation: Rotation): Step<WantedKey, SeenRotation, Tools, Goal> => ({
  id: 'old-key',
  title: 'Old key',
  why: 'Whatever still signs in with the old key shows now, while that key can be enabled again.',
  undo: 'a disabled key can be enabled again; a deleted one is gone for good',
  // Programs read it from the env file, where there is one.
  needs: ['key', 'env', 'validate'],
  settling: { agree: 3, usuallyMs: 10_000, patienceMs: 180_000 },

  want: (goal) => ({ ...keyStep.want(goal), turnedOn: [] }),

  asked: true,
  async look({ cloud }, wanted, journal) {
    const { project, email, file } = wanted;
    const [local, listed] = await Promise.all([readKeyFile(file), cloud.keys.list(project, email)]);
    const seen = seenKeys(wanted, journal, { local, listed, now: cloud.serverTime() });
    return { ...seen, replaces: replacedNext(rotation, seen) };
  },

  compare(wanted, seen) {
    const { graceMs, graceSource, retired } = rotation;
    const now = graceMs === 0;
    return standing(seen, retired, now).map((id): Change => {
      const key = seen.listed.find((each) => each.id === id);
      return {
        sign: now ? '-' : '~',
        what: 'key',
        name: id,
        from: id === seen.replaces ? 'in use' : key?.disabled ? 'replaced and disabled' : 'replaced',
        to: now ? 'disabled, then deleted at once' : `disabled; deleted in ${inWords(graceMs)}`,
        why: now
          ? 'whatever still signs in with it is locked out for good'
          : 'whatever still signs in with it shows, and can be helped: it can be enabled again until then',
        source: graceSource,
        gcloud: keyCommand(now ? 'delete' : 'disable', id, wanted),
        requires: ['iam.serviceAccountKeys.disable', ...(now ? ['iam.serviceAccountKeys.delete'] : [])],
      };
    });
  },

  facts: (_wanted, { retired, listed, local, replaces }) => [
    ...rotation.retired
      .filter((id) => !listed.some((key) => key.id === id))
      .map((id) => ({ tone: 'note' as const, text: `key ${id} is deleted` })),
    ...factsOfRetired(
      // Those of this run first: they are what it was for.
      retired
        .filter(({ did }) => did === 'disabled')
        .toSorted(
          (a, b) => Number(rotation.retired.includes(b.id)) - Number(rotation.retired.includes(a.id)),
        ),
      listed,
      { held: local.kind === 'key' ? local.id : undefined, going: replaces === undefined ? [] : [replaces] },
    ),
  ],

  // When it is to be deleted, only the act can tell.
  makes: ({ email }, seen) =>
    rotation.graceMs === 0
      ? []
      : standing(seen, rotation.retired, false).map((id) => ({
          what: 'key',
          did: 'disabled',
          name: email,
          evidence: { id },
        })),

  async act({ cloud }, { wanted, changes, journal, signal }): Promise<Evidence> {
    const { project, email, file } = wanted;
    const ids = changes.map(({ name }) => name);
    const local = await readKeyFile(file);
    // Somebody has put the old key back meanwhile.
    if (local.kind === 'key' && ids.includes(local.id)) throw new ProblemError(inUse(local.id, file));
    for (const id of ids) await againIfUnavailable(() => cloud.keys.disable(project, email, id), signal);
    if (rotation.graceMs === 0) await deleteKeys(cloud, wanted, ids, { journal, signal });
    rotation.retired = [...rotation.retired, ...ids];
    const deleteAfter = new Date(cloud.serverTime().getTime() + rotation.graceMs).toISOString();
    return { ids: ids.join(' '), ...(rotation.graceMs > 0 && { deleteAfter }) };
  },

  // A key that is gone needs no more: the next look tells. A replica may not know it yet.
  passing: (error) => isCloudError(error, 'not-found'),
  waiting: () => ({ waitingFor: 'every replica to know that the old key is out of use' }),
  problem(error, { project, email }) {
    if (error === undefined)
      return {
        mover: 'cloud',
        what: `the old key of ${email} is out of use, but Google still lists it as it was`,
        next: 'wait a few minutes, then run this again',
        exit: 'cloud',
      };
    return cloudProblem(error, { project, doing: `disable or delete a key of ${email}` });
  },
});

/** The keys that are not as they are to be: to be disabled, or gone where `goes`. */
function standing(seen: SeenRotation, retired: readonly string[], goes: boolean): string[] {
  const { listed, replaces } = seen;
  const left = replacedIds(seen).filter((id) => id === replaces || listed.some((key) => key.id === id));
  // Those that this run has retired, as a replica that lags still shows them.
  const lagging = listed.filter(({ id, disabled }) => retired.includes(id) && (goes || !disabled));
  return [...new Set([...left.filter((id) => !retired.includes(id)), ...lagging.map(({ id }) => id)])];
}
