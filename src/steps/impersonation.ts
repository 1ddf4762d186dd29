import { isCloudError } from '../google/errors.ts';
import type { Policy } from '../google/policy.ts';
import { AlreadyThereError } from '../wizard/attempt.ts';
import type { Step } from '../wizard/step.ts';
import { againIfUnavailable } from './again.ts';
import { cloudProblem, isNotKnownYet, seenOr, unseen } from './cloud-problem.ts';
import { accountEmail, servicesOf, type Goal, type Tools } from './goal.ts';
import { hasGrant, withGrant } from './policy-grant.ts';
import { commandLine } from './shell.ts';

/** Lets its holder make tokens of an account (IAM docs, service account impersonation); granted on that account alone. */
const tokenCreator = 'roles/iam.serviceAccountTokenCreator';

interface Wanted {
  project: string;
  email: string;
  member: string;
  source: string;
  turnedOn: readonly string[];
}

interface Seen {
  unseen: boolean;
  policy: Policy;
}

/** Stands for a policy that cannot be seen; it is never written. */
const nothing: Policy = { version: 3, etag: '', bindings: [] };

/** In place of a key: a person acts as the account, with their own sign-in. */
export const impersonationStep: Step<Wanted, Seen, Tools, Goal> = {
  id: 'key',
  title: 'Without a key',
  why: 'You sign in as yourself and act as the account: one line in the allow policy of the account says that you may. There is no key to lose.',
  undo: 'the line can be removed; nobody acts as the account by it any more',
  needs: ['account'],
  settling: { agree: 3, usuallyMs: 10_000, patienceMs: 300_000 },

  want(goal) {
    const { access, project } = goal.answers;
    if (access.kind !== 'impersonation') throw new Error(`no impersonation is wanted, but ${access.kind}`);
    const { member, source } = access;
    return { project, email: accountEmail(goal), member, source, turnedOn: servicesOf(goal) };
  },

  async look({ cloud }, { project, email, turnedOn }) {
    const read = cloud.accounts.getPolicy(email, project).catch((error: unknown) => {
      // Google answers so for an account that is not there yet.
      if (isCloudError(error, 'not-found')) return nothing;
      throw error;
    });
    const policy = await seenOr(read, turnedOn);
    return policy === unseen ? { unseen: true, policy: nothing } : { unseen: false, policy };
  },

  compare({ project, email, member, source }, { policy }) {
    if (hasGrant(policy, tokenCreator, member)) return [];
    return [
      {
        sign: '+',
        what: 'access',
        name: member,
        to: `may act as ${email}`,
        why: 'nobody can use an account without a key until somebody may act as it',
        source,
        gcloud: commandLine(
          ...['gcloud', 'iam', 'service-accounts', 'add-iam-policy-binding', email, `--project=${project}`],
          ...[`--member=${member}`, `--role=${tokenCreator}`, '--condition=None'],
        ),
        requires: ['iam.serviceAccounts.setIamPolicy'],
      },
    ];
  },

  facts: ({ member, email }, { policy }) =>
    hasGrant(policy, tokenCreator, member) ? [{ tone: 'note', text: `${member} may act as ${email}` }] : [],

  stale: ({ policy }, { before }) => policy.etag !== '' && policy.etag === before,
  unseen: (seen) => seen.unseen,
  makes: ({ email, member }) => [
    { what: 'account-grant', did: 'granted', name: email, evidence: { role: tokenCreator, member } },
  ],
  evidence: ({ member }, { policy }) => ({ role: tokenCreator, member, before: '', after: policy.etag }),

  async act({ cloud }, { wanted, signal }) {
    const { project, email, member } = wanted;
    const policy = await cloud.accounts.getPolicy(email, project);
    signal.throwIfAborted();
    if (hasGrant(policy, tokenCreator, member)) throw new AlreadyThereError(`${member} may do so by now`);
    const written = await againIfUnavailable(
      () => cloud.accounts.setPolicy(email, project, withGrant(policy, tokenCreator, member)),
      signal,
    );
    return { role: tokenCreator, member, before: policy.etag, after: written.etag };
  },

  passing: (error, acted) => isCloudError(error, 'conflict') || isNotKnownYet(error, acted),
  waiting: () => ({ waitingFor: 'every replica to know who may act as the account' }),
  problem: (error, { project, email }) =>
    error === undefined
      ? {
          mover: 'cloud',
          what: `the grant was written, but the policy of ${email} still shows without it`,
          next: 'wait a few minutes, then run this again',
          exit: 'cloud',
        }
      : cloudProblem(error, { project, doing: `read or change the allow policy of ${email}` }),
};
