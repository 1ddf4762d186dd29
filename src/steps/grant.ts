import { isCloudError } from '../google/errors.ts';
import type { Policy } from '../google/policy.ts';
import { AlreadyThereError } from '../wizard/attempt.ts';
import type { Step } from '../wizard/step.ts';
import { againIfUnavailable } from './again.ts';
import { allDenied } from './breaks.ts';
import { cloudProblem, isNotKnownYet, seenOr, unseen } from './cloud-problem.ts';
import { accountEmail, roleName, servicesOf, type Goal, type Tools } from './goal.ts';
import { deadChanges, deadFacts, deadGrants, withoutMember, type DeadGrant } from './grant-dead.ts';
import { otherGrants, otherRoles, reach } from './grant-others.ts';
import { conditionalGrants, hasGrant, withGrant } from './policy-grant.ts';
import { commandLine } from './shell.ts';

interface Wanted {
  project: string;
  role: string;
  member: string;
  roleId: string;
  email: string;
  turnedOn: readonly string[];
}

interface Seen {
  unseen: boolean;
  policy: Policy;
  /** Of accounts of this name that were deleted. */
  dead: readonly DeadGrant[];
  /** Of the server's clock. */
  now: Date;
}

/** Stands for a policy that cannot be seen; it is never written. */
const nothing: Policy = { version: 3, etag: '', bindings: [] };

/** Grants the role to the account on the project, and touches nothing else in the policy. */
export const grantStep: Step<Wanted, Seen, Tools, Goal> = {
  id: 'grant',
  title: 'Grant',
  why: 'One line in the allow policy of the project: this account has this role. Every other line stays as it is.',
  undo: 'the line can be removed; the account then may do nothing here',
  needs: ['role', 'account'],
  settling: { agree: 3, usuallyMs: 10_000, patienceMs: 300_000 },

  want: (goal) => ({
    project: goal.answers.project,
    role: roleName(goal),
    member: `serviceAccount:${accountEmail(goal)}`,
    roleId: goal.answers.roleId.value,
    email: accountEmail(goal),
    turnedOn: servicesOf(goal),
  }),

  async look({ cloud }, wanted, journal) {
    const found = await seenOr(cloud.projects.getPolicy(wanted.project), wanted.turnedOn);
    const policy = found === unseen ? nothing : found;
    const dead = deadGrants(policy, wanted, journal);
    return { unseen: found === unseen, policy, dead, now: cloud.serverTime() };
  },

  compare(wanted, { policy, dead, now }) {
    const { project, role, member, roleId, email } = wanted;
    if (hasGrant(policy, role, member)) return [];
    const condition = conditionalGrants(policy, role, member)[0]?.condition;
    const others = otherRoles(policy, role, member);
    const instead = others.length === 0 ? '' : `; it has ${others.join(', ')} instead`;
    const gone = dead.length === 0 ? '' : ': the account that had it was deleted';
    return [
      {
        sign: condition === undefined ? '+' : '~',
        what: 'grant',
        name: roleId,
        from:
          condition === undefined
            ? `not granted${gone}${instead}`
            : `only under the condition "${condition.title ?? ''}", which ${reach(condition, now)}`,
        to: `granted to ${email} on the project`,
        why:
          condition === undefined
            ? `a role has no effect until it is granted: ${allDenied}`
            : `somebody else set it; where it does not hold, ${allDenied}`,
        ...(condition !== undefined && { asks: true }),
        source: 'asked by the profile',
        gcloud: commandLine(
          ...['gcloud', 'projects', 'add-iam-policy-binding', project],
          ...[`--member=${member}`, `--role=${role}`, '--condition=None'],
        ),
        requires: ['resourcemanager.projects.setIamPolicy'],
      },
      ...deadChanges(dead, wanted),
    ];
  },

  facts(wanted, { unseen, policy, dead, now }) {
    const { role, member, email } = wanted;
    if (unseen) return [];
    const others = policy.bindings.length - (hasGrant(policy, role, member) ? 1 : 0);
    return [
      {
        tone: 'note',
        text: `${others} ${others === 1 ? 'binding' : 'bindings'} of others, left as they are`,
      },
      ...(hasGrant(policy, role, member) ? conditionalGrants(policy, role, member) : []).map(
        ({ condition }) => ({
          tone: 'attention' as const,
          text: `also granted under the condition "${condition?.title ?? ''}", which ${condition ? reach(condition, now) : ''}: made by somebody else, left as found`,
        }),
      ),
      ...(hasGrant(policy, role, member) ? otherGrants(otherRoles(policy, role, member), email) : []),
      ...deadFacts(dead, wanted),
    ];
  },

  // Every write of a policy gives it a new etag, so the one from before ours belongs to a replica that lags.
  stale: ({ policy }, { before }) => policy.etag === before,

  unseen: (seen) => seen.unseen,
  makes: ({ project, role, member }) => [
    { what: 'grant', did: 'granted', name: project, evidence: { role, member } },
  ],
  evidence: ({ role, member }, { policy }) => ({ role, member, before: '', after: policy.etag }),
  async act({ cloud }, { wanted, seen, journal, signal }) {
    const { project, role, member, email } = wanted;
    // Whose grant it is can be told later only by the unique ID: another account may take the name.
    const [policy, account] = await Promise.all([
      cloud.projects.getPolicy(project),
      cloud.accounts.get(email, project).catch(() => undefined),
    ]);
    signal.throwIfAborted();
    if (hasGrant(policy, role, member)) throw new AlreadyThereError(`${member} has ${role} by now`);
    const ours = seen.dead.flatMap(({ member: gone, entry }) => (entry ? [{ gone, entry }] : []));
    const wantedPolicy = ours.reduce(
      (now, { gone }) => withoutMember(now, role, gone),
      withGrant(policy, role, member),
    );
    const written = await againIfUnavailable(() => cloud.projects.setPolicy(project, wantedPolicy), signal);
    if (ours.length > 0) await journal.forget(ours.map(({ entry }) => entry));
    const uniqueId = account?.uniqueId;
    return {
      ...{ role, member, before: policy.etag, after: written.etag },
      ...(uniqueId !== undefined && { uniqueId }),
    };
  },

  // Right after an account was made, a policy that names it is refused as invalid until every replica knows it.
  passing: (error, acted) =>
    isCloudError(error, 'conflict') ||
    (isCloudError(error, 'invalid') && (acted.has('account') || acted.has('role'))) ||
    isNotKnownYet(error, acted),
  waiting: () => ({ waitingFor: 'every replica to know the grant' }),
  problem: (error, { project }) =>
    error === undefined
      ? {
          mover: 'cloud',
          what: `the grant was written, but the policy of ${project} still shows without it`,
          next: 'wait a few minutes, then run this again',
          exit: 'cloud',
        }
      : cloudProblem(error, { project, doing: `read or change the allow policy of ${project}` }),
};
