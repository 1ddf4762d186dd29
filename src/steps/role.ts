import { isCloudError } from '../google/errors.ts';
import { permissionsOfRole } from '../profile/asked-on.ts';
import { ProblemError } from '../wizard/problem.ts';
import type { Change, Evidence, Fact, Step } from '../wizard/step.ts';
import { isInDoubt } from './again.ts';
import { allDenied, failsWithout } from './breaks.ts';
import { cloudProblem, isNotKnownYet, seenOr, unseen } from './cloud-problem.ts';
import { askedByProfile, roleName, servicesOf, type Goal, type Tools } from './goal.ts';
import { isValid, validPermissions, type SeenRole, type WantedRole } from './role-wanted.ts';
import { decidedByOthers, goingPermissions, lackOf, roleSince } from './role-since.ts';
import { makesOfRole } from './role-made.ts';
import { writeRole } from './role-write.ts';
import { commandLine } from './shell.ts';
import { actAs } from './tighten.ts';

/** Makes the custom role, or gives it back what it lost. What others added to it stays, unless a person says otherwise. */
export const roleStep: Step<WantedRole, SeenRole, Tools, Goal> = {
  id: 'role',
  title: 'Custom role',
  why: 'A named list of exactly what the account may do.',
  undo: 'the role can be deleted; its ID stays taken for 37 days',
  needs: ['services'],
  settling: { agree: 3, usuallyMs: 10_000, patienceMs: 180_000 },

  want(goal) {
    const { role } = goal.profile;
    const { roleId, roleTitle } = goal.answers;
    if (role === undefined || roleId === undefined || roleTitle === undefined)
      throw new Error('this profile makes no role');
    return {
      project: goal.answers.project,
      name: roleName(goal),
      id: roleId.value,
      title: roleTitle.value,
      ...(roleTitle.source !== askedByProfile && { titleChosenBy: roleTitle.source }),
      description: role.description ?? '',
      stage: role.stage,
      permissions: permissionsOfRole(goal.profile),
      without: goal.answers.without,
      removeExtra: goal.answers.removeExtra,
      ...(goal.answers.tighten && { moved: { name: actAs, source: goal.answers.tighten.source } }),
      source: roleId.source,
      turnedOn: servicesOf(goal),
    };
  },

  async look(tools, wanted, journal) {
    // Where we never made it, the question what it may hold is likely to come: ask at once, side by side.
    const likelyNew = journal.receipt('role') === undefined;
    const [found] = await Promise.all([
      seenOr(tools.cloud.roles.get(wanted.name), wanted.turnedOn),
      likelyNew ? seenOr(tools.testable(), wanted.turnedOn) : undefined,
    ]);
    const role = found === unseen ? undefined : found;
    const held = new Set(role?.includedPermissions);
    const complete = role?.deleted === false && wanted.permissions.every(({ name }) => held.has(name));
    const testable = complete ? undefined : await seenOr(tools.testable(), wanted.turnedOn);
    const seen = {
      unseen: found === unseen,
      role,
      testable: testable === unseen ? undefined : testable,
      since: roleSince(journal, wanted.name),
    };
    if (validPermissions(wanted, seen).length === 0) throw new ProblemError(nothingToHold(wanted));
    return seen;
  },

  compare(wanted, seen) {
    const { role } = seen;
    const common = { what: 'role', name: wanted.id, source: wanted.source };
    const valid = validPermissions(wanted, seen);
    const update = 'iam.roles.update';
    if (role === undefined) {
      const create: Change = {
        ...common,
        sign: '+',
        ...(seen.unseen
          ? { from: 'not seen while the IAM API is off' }
          : seen.since.written && { from: 'not there any more' }),
        to: `"${wanted.title}", ${valid.length} permissions`,
        why: seen.since.written ? allDenied : 'the account gets these permissions and no others',
        gcloud: commandLine(
          ...['gcloud', 'iam', 'roles', 'create', wanted.id, `--project=${wanted.project}`],
          ...[`--title=${wanted.title}`, `--stage=${wanted.stage}`],
          `--permissions=${valid.map(({ name }) => name).join(',')}`,
        ),
        requires: ['iam.roles.create'],
      };
      return [create];
    }
    const changes: Change[] = [];
    const gcloud = (verb: string, ...flags: string[]): string =>
      commandLine('gcloud', 'iam', 'roles', verb, wanted.id, `--project=${wanted.project}`, ...flags);
    if (role.deleted)
      changes.push({
        ...common,
        sign: '~',
        from: 'deleted',
        to: 'restored',
        why: `a deleted role has no effect: ${allDenied}`,
        gcloud: gcloud('undelete'),
        requires: ['iam.roles.undelete'],
      });
    if (role.stage === 'DISABLED')
      changes.push({
        ...common,
        sign: '~',
        from: 'disabled',
        to: wanted.stage,
        why: `a disabled role has no effect: ${allDenied}`,
        gcloud: gcloud('update', `--stage=${wanted.stage}`),
        requires: [update],
      });
    if (wanted.titleChosenBy !== undefined && role.title !== wanted.title)
      changes.push({
        ...common,
        sign: '~',
        from: `titled "${role.title}"`,
        to: `titled "${wanted.title}"`,
        why: 'people read the title',
        source: wanted.titleChosenBy,
        gcloud: gcloud('update', `--title=${wanted.title}`),
        requires: [update],
      });
    const held = new Set(role.includedPermissions);
    for (const { name, why } of valid.filter((permission) => !held.has(permission.name)))
      changes.push({
        sign: '~',
        what: 'role',
        name: wanted.id,
        from: lackOf(name, seen.since),
        why: failsWithout(why),
        source: 'asked by the profile',
        gcloud: gcloud('update', `--add-permissions=${name}`),
        requires: [update],
      });
    for (const { name, source, from, why } of goingPermissions(wanted, seen))
      changes.push({
        sign: '-',
        what: 'role',
        name: wanted.id,
        from,
        why,
        source,
        gcloud: gcloud('update', `--remove-permissions=${name}`),
        requires: [update],
      });
    return changes;
  },

  facts(wanted, seen) {
    const facts: Fact[] = [];
    const held = seen.role?.includedPermissions ?? [];
    if (seen.role !== undefined && !seen.role.deleted)
      facts.push({ tone: 'note', text: `${wanted.id} has ${held.length} permissions` });
    for (const { name } of wanted.permissions.filter((permission) => !isValid(permission, seen)))
      facts.push({
        tone: 'attention',
        text: `${name} is left out: Google does not take it in a custom role of this project (renamed, retired, or of another level)`,
      });
    for (const { name, why } of wanted.without?.permissions ?? [])
      facts.push({
        tone: 'attention',
        text: `${name} is left out, ${wanted.without?.source}: ${failsWithout(why)}`,
      });
    return [...facts, ...decidedByOthers(wanted, seen)];
  },

  // Google's etag changes with every write, so the one from before ours belongs to a replica that lags.
  stale: ({ role }, { before }: Evidence) => before !== '' && role?.etag === before,

  unseen: (seen) => seen.unseen,
  makes: makesOfRole,
  evidence: ({ name, permissions }, { role }) => ({
    name,
    before: '',
    after: role?.etag ?? '',
    asked: permissions.map((each) => each.name).join(' '),
  }),
  foreign: (error) => isCloudError(error, 'exists') && !isInDoubt(error),
  act: writeRole,

  passing: (error, acted) => isCloudError(error, 'exists', 'conflict') || isNotKnownYet(error, acted),
  waiting: () => ({ waitingFor: 'every replica to know the role' }),
  problem: (error, wanted) =>
    error === undefined
      ? {
          mover: 'cloud',
          what: `the role ${wanted.id} was written, but Google still answers as if it were not`,
          next: 'wait a few minutes, then run this again',
          exit: 'cloud',
        }
      : cloudProblem(error, { project: wanted.project, doing: `look at or write the role ${wanted.id}` }),
};

function nothingToHold({ id, project }: WantedRole) {
  return {
    mover: 'person',
    what: `the role ${id} could hold no permission that the profile asks for`,
    why: `Google lists none of them among those that a custom role in ${project} may hold`,
    next: 'check their names in the profile; if they are right, run this again in a minute',
    exit: 'blocked',
  } as const;
}
