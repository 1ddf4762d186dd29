import { isCloudError } from '../google/errors.ts';
import { ProblemError } from '../wizard/problem.ts';
import type { Step } from '../wizard/step.ts';
import { cloudProblem, isNotKnownYet } from './cloud-problem.ts';
import type { Goal, Tools } from './goal.ts';
import { readKeyFile, refuseClosed } from './key-file.ts';
import { full, hasRoom } from './key-full.ts';
import { goingChanges } from './key-going.ts';
import { constraintOnKeys, forbidden } from './key-forbidden.ts';
import { mostKeys, noRoom, notWorking, refused, refuseExposed, withoutKey } from './key-problems.ts';
import { replacedKey } from './key-retired.ts';
import { seenKeys } from './key-seen.ts';
import type { WantedKey } from './key-wanted.ts';
import { keyStep } from './key.ts';
import { neverAccepted, NotAcceptedYetError, replaceKey } from './rotate-replace.ts';
import { replacedNext, type Rotation, type SeenRotation } from './rotation.ts';
import { commandLine } from './shell.ts';
import { refusalOf } from './sign-in.ts';

/** Puts a new key in the place of the one in the file, once Google accepts it. */
export const newKeyStep = (rotation: Rotation): Step<WantedKey, SeenRotation, Tools, Goal> => ({
  // The ID of setup's step: what the journal remembers of a key about to be made is found by either.
  id: 'key',
  title: 'New key',
  why: 'A new key takes the place of the one in the file, once Google accepts it. Until then the file stays as it is.',
  undo: 'the new key can be deleted; as long as the old one is only disabled, it can be enabled again',
  needs: ['project'],
  // Google: a new key may take a minute or more until it is accepted.
  settling: { agree: 3, usuallyMs: 60_000, patienceMs: 600_000 },

  want: (goal) => ({ ...keyStep.want(goal), turnedOn: [] }),

  asked: true,
  async look(tools, wanted, journal) {
    const { cloud } = tools;
    const { project, email, file } = wanted;
    if (!rotation.hasKey) throw new ProblemError(withoutKey(email));
    const local = await readKeyFile(file);
    if (local.kind !== 'key' || local.email !== email)
      throw new ProblemError(notWorking(wanted, 'it holds no key of that account'));
    const begun = rotation.replaced || rotation.fresh !== undefined;
    const [listed, refusal, constraint] = await Promise.all([
      cloud.keys.list(project, email),
      begun ? undefined : refusalOf(tools.as(local.text), project),
      begun ? undefined : constraintOnKeys(cloud, project),
    ]);
    const seen = seenKeys(wanted, journal, { local, listed, now: cloud.serverTime() });
    const replaces = replacedNext(rotation, seen);
    if (replaces === undefined) return { ...seen, replaces };
    if (!begun) {
      const isDisabled = listed.some(({ id, disabled }) => id === local.id && disabled);
      if (refusal !== undefined || isDisabled)
        throw new ProblemError(notWorking(wanted, isDisabled ? `key ${local.id} is disabled` : refusal));
      if (constraint !== undefined) throw new ProblemError(await forbidden(cloud, project, constraint));
      await Promise.all([refuseClosed(file), refuseExposed(file)]);
      if (!hasRoom(seen)) throw new ProblemError(await full(tools, wanted, seen));
    }
    const isFresh = ({ id }: { id: string }): boolean => id === rotation.fresh?.id;
    return {
      ...seen,
      replaces,
      orphans: seen.orphans.filter((key) => !isFresh(key)),
      unsure: seen.unsure.filter((key) => !isFresh(key)),
      going: seen.going.filter((key) => !isFresh(key)),
    };
  },

  compare(wanted, { going, replaces }) {
    const { project, email, file } = wanted;
    const changes = goingChanges(wanted, going);
    if (replaces !== undefined)
      changes.push({
        sign: '~',
        what: 'key',
        name: file,
        from: `key ${replaces}`,
        to: `a new key of ${email}, only you can read it`,
        why: 'whoever has a copy of the old key can use it no longer than that key lives',
        source: 'you asked for a new key',
        gcloud: commandLine(
          ...['gcloud', 'iam', 'service-accounts', 'keys', 'create', file],
          ...[`--iam-account=${email}`, `--project=${project}`],
        ),
        requires: ['iam.serviceAccountKeys.create'],
      });
    return changes;
  },

  // Keys that wait for their end are told by the step that disables them.
  facts: (wanted, seen) => keyStep.facts(wanted, { ...seen, retired: [] }),

  makes: ({ email, file }, { replaces, delivered }) =>
    replaces === undefined
      ? [...delivered]
      : [{ what: 'key', did: 'made', name: email, evidence: {} }, replacedKey(email, replaces, file)],
  // A replica may not list the new key yet; that it is in the file is enough.
  evidence: ({ file }, { local, delivered }, intent) =>
    local.kind === 'key' && delivered.length > 0 ? { ...intent, file, id: local.id } : undefined,
  intends: true,
  act: (tools, work) => replaceKey(tools, work, rotation),

  passing: (error, acted) => error instanceof NotAcceptedYetError || isNotKnownYet(error, acted),
  waiting: () => ({ waitingFor: 'Google to accept the new key' }),

  problem(error, { project, email, file }, seen) {
    if (error === undefined)
      return {
        mover: 'cloud',
        what: `the new key is in ${file}, but Google still lists keys of ${email} that were deleted`,
        next: 'wait a few minutes, then run this again',
        exit: 'cloud',
      };
    // Time has run on where nobody looked, as on a machine that slept.
    if (error instanceof NotAcceptedYetError) return neverAccepted({ email, file }, rotation.fresh);
    const problem = cloudProblem(error, { project, doing: `look at or make a key of ${email}` });
    if (!isCloudError(error, 'precondition')) return problem;
    const isFull = error.violations.length === 0 && (seen?.listed.length ?? 0) >= mostKeys;
    return isFull ? noRoom(email) : refused(problem, email, error.violations);
  },
});
