import { isCloudError } from '../google/errors.ts';
import type { Policy } from '../google/policy.ts';
import { AlreadyThereError } from '../wizard/attempt.ts';
import type { Made, Step } from '../wizard/step.ts';
import { againIfUnavailable } from './again.ts';
import { cloudProblem, isNotKnownYet, seenOr, unseen } from './cloud-problem.ts';
import { accountEmail, servicesOf, type Goal, type Tools } from './goal.ts';
import { fileChanges, fileFacts, seeFile, type SeenFile } from './impersonation-file.ts';
import { closeToOthers, proveWritable, writeKeyFile } from './key-file.ts';
import { hasGrant, withGrant } from './policy-grant.ts';
import { commandLine } from './shell.ts';

/** Lets its holder make tokens of an account (IAM docs, service account impersonation); granted on that account alone. */
export const tokenCreator = 'roles/iam.serviceAccountTokenCreator';

interface Wanted {
  project: string;
  email: string;
  member: string;
  source: string;
  /** Where credentials for programs on this machine go. */
  file: string;
  turnedOn: readonly string[];
}

interface Seen {
  unseen: boolean;
  policy: Policy;
  file: SeenFile;
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
    const { access, project, keyFile } = goal.answers;
    if (access.kind !== 'impersonation') throw new Error(`no impersonation is wanted, but ${access.kind}`);
    const { member, source } = access;
    const turnedOn = servicesOf(goal);
    return { project, email: accountEmail(goal), member, source, file: keyFile.value, turnedOn };
  },

  async look(tools, wanted) {
    const { cloud } = tools;
    const { project, email, turnedOn } = wanted;
    const read = cloud.accounts.getPolicy(email, project).catch((error: unknown) => {
      // Google answers so for an account that is not there yet.
      if (isCloudError(error, 'not-found')) return nothing;
      throw error;
    });
    const [policy, local] = await Promise.all([seenOr(read, turnedOn), seeFile(tools, wanted)]);
    return { unseen: policy === unseen, policy: policy === unseen ? nothing : policy, file: local };
  },

  compare(wanted, { policy, file }) {
    const { project, email, member, source } = wanted;
    const forFile = fileChanges(file, wanted);
    if (hasGrant(policy, { role: tokenCreator, member })) return forFile;
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
      ...forFile,
    ];
  },

  facts: ({ member, email, file }, seen) => [
    ...(hasGrant(seen.policy, { role: tokenCreator, member })
      ? [{ tone: 'note' as const, text: `${member} may act as ${email}` }]
      : []),
    ...fileFacts(seen.file, file),
  ],

  stale: ({ policy }, { before }) => policy.etag !== '' && policy.etag === before,
  unseen: (seen) => seen.unseen,
  makes({ email, member, file }, seen) {
    const made: Made[] = [];
    if (!hasGrant(seen.policy, { role: tokenCreator, member }))
      made.push({
        what: 'account-grant',
        did: 'granted',
        name: email,
        evidence: { role: tokenCreator, member },
      });
    if (seen.file.kind === 'absent')
      made.push({ what: 'credentials-file', did: 'created', name: file, evidence: { email } });
    return made;
  },
  evidence: ({ member }, { policy }) => ({ role: tokenCreator, member, before: '', after: policy.etag }),

  async act({ cloud }, { wanted, seen, signal }) {
    const { project, email, member, file } = wanted;
    const policy = await cloud.accounts.getPolicy(email, project);
    signal.throwIfAborted();
    const granted = hasGrant(policy, { role: tokenCreator, member });
    if (granted && !hasGrant(seen.policy, { role: tokenCreator, member }))
      throw new AlreadyThereError(`${member} may do so by now`);
    if (seen.file.kind === 'absent' || seen.file.kind === 'broken') {
      await proveWritable(file);
      await writeKeyFile(file, seen.file.content);
    } else if (seen.file.kind === 'there' && seen.file.openToOthers) await closeToOthers(file);
    if (granted) return { role: tokenCreator, member, before: '', after: policy.etag };
    const written = await againIfUnavailable(
      () => cloud.accounts.setPolicy(email, project, withGrant(policy, { role: tokenCreator, member })),
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
