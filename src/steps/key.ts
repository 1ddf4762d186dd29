import { isCloudError } from '../google/errors.ts';
import { ProblemError } from '../wizard/problem.ts';
import type { Step } from '../wizard/step.ts';
import { cloudProblem, isNotKnownYet, seenOr, unseen } from './cloud-problem.ts';
import { accountEmail, servicesOf, type Goal, type Tools } from './goal.ts';
import { readKeyFile, refuseClosed } from './key-file.ts';
import { madeKey, makeKey } from './key-make.ts';
import { constraintOnKeys, refuseForbidden } from './key-forbidden.ts';
import { accessChanges } from './key-access.ts';
import { factsOfChosen, full, hasRoom } from './key-full.ts';
import { goingChanges } from './key-going.ts';
import { mostKeys, noRoom, occupied, refused, refuseExposed } from './key-problems.ts';
import { factsOfRetired } from './key-retired.ts';
import { seenKeys } from './key-seen.ts';
import { lossOf, troubleWith, type SeenKey, type WantedKey } from './key-wanted.ts';
import { commandLine } from './shell.ts';

/** Gets a key into one file. A key that exists and works is kept. */
export const keyStep: Step<WantedKey, SeenKey, Tools, Goal> = {
  id: 'key',
  title: 'Key',
  why: 'A private key in one file that only you can read. Whoever holds it is the account.',
  undo: 'the key can be deleted, and whoever holds a copy is locked out within minutes',
  needs: ['account'],
  settling: { agree: 3, usuallyMs: 10_000, patienceMs: 180_000 },

  want: (goal) => ({
    project: goal.answers.project,
    email: accountEmail(goal),
    file: goal.answers.keyFile.value,
    source: goal.answers.keyFile.source,
    turnedOn: servicesOf(goal),
    maxAgeDays: goal.profile.key?.maxAgeDays,
    deleteKey: goal.answers.deleteKey,
  }),

  async look(tools, wanted, journal) {
    const { cloud } = tools;
    const { project, email, file, turnedOn } = wanted;
    const list = cloud.keys.list(project, email).catch((error: unknown) => {
      if (isCloudError(error, 'not-found')) return [];
      throw error;
    });
    const reading = readKeyFile(file);
    // Asked side by side where a key is likely to be made.
    const early = reading.then(({ kind }) =>
      kind === 'none' ? constraintOnKeys(cloud, project) : undefined,
    );
    const [local, found, constraint] = await Promise.all([reading, seenOr(list, turnedOn), early]);
    const listed = found === unseen ? [] : found;
    if (local.kind === 'other') throw new ProblemError(occupied(file, local.found));
    if ((local.kind === 'key' || local.kind === 'acting') && local.email !== email)
      throw new ProblemError(
        occupied(file, `${local.kind === 'key' ? 'a key' : 'credentials'} of ${local.email}`),
      );
    if (local.kind === 'none') await Promise.all([refuseClosed(file), refuseExposed(file)]);
    const seen = seenKeys(wanted, journal, { local, listed, now: cloud.serverTime() });
    const trouble = troubleWith(local, seen.listed);
    const isNeeded = found === unseen ? local.kind !== 'key' : trouble !== undefined;
    if (isNeeded) {
      const wall = local.kind === 'none' ? constraint : await constraintOnKeys(cloud, project);
      await refuseForbidden(cloud, project, wall);
    }
    // Seen before anything is written: Google would refuse an eleventh key only after all else is made.
    if (trouble !== undefined && !hasRoom(seen)) throw new ProblemError(await full(tools, wanted, seen));
    return { ...seen, unseen: found === unseen };
  },

  compare(wanted, seen) {
    const { project, email, file, source } = wanted;
    const { unseen, local, listed, going } = seen;
    const changes = goingChanges(wanted, going);
    const trouble =
      unseen && local.kind === 'key' ? 'not checked while the IAM API is off' : troubleWith(local, listed);
    if (trouble !== undefined)
      changes.push({
        sign: local.kind === 'none' ? '+' : '~',
        what: 'key',
        name: file,
        ...lossOf(seen, trouble),
        to:
          unseen && local.kind === 'key'
            ? 'kept if it works, else replaced by a new one'
            : `a new key of ${email}, only you can read it`,
        source,
        gcloud: commandLine(
          ...['gcloud', 'iam', 'service-accounts', 'keys', 'create', file],
          ...[`--iam-account=${email}`, `--project=${project}`],
        ),
        requires: ['iam.serviceAccountKeys.create'],
      });
    else changes.push(...accessChanges(wanted, local));
    return changes;
  },

  facts(wanted, seen) {
    const { local, listed, unsure, going, retired } = seen;
    const held = local.kind === 'key' ? local.id : undefined;
    return [
      ...(local.kind === 'key' && troubleWith(local, listed) === undefined
        ? [{ tone: 'note' as const, text: `key ${local.id}` }]
        : []),
      ...(unsure.length > 0
        ? [
            {
              tone: 'attention' as const,
              text: `since an interrupted run there are ${unsure.length} new keys; one may be its orphan, none is touched: ${unsure.map(({ id }) => id).join(', ')}`,
            },
          ]
        : []),
      ...factsOfRetired(retired, listed, { held, going: going.map(({ id }) => id) }),
      ...factsOfChosen(wanted, seen),
    ];
  },

  unseen: (seen) => seen.unseen,
  makes: madeKey,
  evidence({ file }, { local, listed }, intent) {
    if (local.kind !== 'key' || troubleWith(local, listed) !== undefined) return undefined;
    const before = intent['existing']?.split(' ');
    return before === undefined || before.includes(local.id) ? undefined : { ...intent, file, id: local.id };
  },
  intends: true,
  act: makeKey,

  passing: (error, acted) => isNotKnownYet(error, acted),
  waiting: () => ({ waitingFor: 'every replica to know the key' }),
  problem(error, { project, email }, seen) {
    if (error === undefined)
      return {
        mover: 'cloud',
        what: `the key was made, but Google still lists ${email} without it`,
        next: 'wait a few minutes, then run this again',
        exit: 'cloud',
      };
    const problem = cloudProblem(error, { project, doing: `look at or make a key of ${email}` });
    if (!isCloudError(error, 'precondition')) return problem;
    // Google's answer to an eleventh key is bare; only the list tells it from a policy that forbids keys.
    const isFull = error.violations.length === 0 && (seen?.listed.length ?? 0) >= mostKeys;
    return isFull ? noRoom(email) : refused(problem, email, error.violations);
  },
};
