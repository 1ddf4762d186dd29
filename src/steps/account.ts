import { isCloudError } from '../google/errors.ts';
import type { ServiceAccount } from '../google/service-accounts.ts';
import type { Change, Evidence, Made, Step } from '../wizard/step.ts';
import { accountFacts, accountSince, goneFacts, type AccountSince } from './account-since.ts';
import { againIfUnavailable, isInDoubt } from './again.ts';
import { cannotSignIn } from './breaks.ts';
import { cloudProblem, isNotKnownYet, seenOr, unseen } from './cloud-problem.ts';
import { accountEmail, askedByProfile, servicesOf, type Goal, type Tools } from './goal.ts';
import { commandLine } from './shell.ts';

interface Wanted {
  project: string;
  email: string;
  accountId: string;
  displayName: string;
  /** Who chose the display name; absent where it is the profile's, which an account that is found need not have. */
  nameChosenBy?: string;
  description: string;
  source: string;
  turnedOn: readonly string[];
}

interface Seen {
  unseen: boolean;
  account?: ServiceAccount | undefined;
  since: AccountSince;
}

/** Makes the service account, or enables it again. */
export const accountStep: Step<Wanted, Seen, Tools, Goal> = {
  id: 'account',
  title: 'Account',
  why: 'The service account that your program signs in as.',
  undo: 'the account can be deleted, with all its keys; for 30 days that can be reverted',
  needs: ['services'],
  settling: { agree: 3, usuallyMs: 10_000, patienceMs: 180_000 },

  want: (goal) => ({
    project: goal.answers.project,
    email: accountEmail(goal),
    accountId: goal.answers.accountId.value,
    displayName: goal.answers.accountName.value,
    ...(goal.answers.accountName.source !== askedByProfile && {
      nameChosenBy: goal.answers.accountName.source,
    }),
    description: goal.profile.account.description ?? '',
    source: goal.answers.accountId.source,
    turnedOn: servicesOf(goal),
  }),

  async look({ cloud }, { project, email, turnedOn }, journal) {
    const account = await seenOr(cloud.accounts.get(email, project), turnedOn);
    const since = accountSince(journal, email);
    return account === unseen ? { unseen: true, since } : { unseen: false, account, since };
  },

  compare({ project, email, accountId, displayName, nameChosenBy, source }, seen) {
    const { unseen, account, since } = seen;
    const gone = !unseen && since.uniqueId !== undefined;
    if (account === undefined)
      return [
        {
          sign: '+',
          what: 'account',
          name: email,
          ...(unseen && { from: 'not seen while the IAM API is off' }),
          ...(gone && { from: `deleted, it had the unique ID ${since.uniqueId ?? ''}` }),
          to: `"${displayName}"`,
          why: gone
            ? `${cannotSignIn}: its account is gone, and a new one has neither its keys nor its bindings`
            : 'a program signs in as an account of its own, never as a person',
          source,
          gcloud: commandLine(
            ...['gcloud', 'iam', 'service-accounts', 'create', accountId],
            ...[`--project=${project}`, `--display-name=${displayName}`],
          ),
          requires: ['iam.serviceAccounts.create'],
        },
      ];
    const changes: Change[] = [];
    if (account.disabled)
      changes.push({
        sign: '~',
        what: 'account',
        name: email,
        from: 'disabled',
        to: 'enabled',
        why: `a disabled account cannot sign in, so ${cannotSignIn} either`,
        source: 'asked by the profile',
        gcloud: commandLine('gcloud', 'iam', 'service-accounts', 'enable', email, `--project=${project}`),
        requires: ['iam.serviceAccounts.enable'],
      });
    if (nameChosenBy !== undefined && account.displayName !== displayName)
      changes.push({
        sign: '~',
        what: 'account',
        name: email,
        from: `named "${account.displayName}"`,
        to: `named "${displayName}"`,
        why: 'people read the name',
        source: nameChosenBy,
        gcloud: commandLine(
          ...['gcloud', 'iam', 'service-accounts', 'update', email],
          ...[`--project=${project}`, `--display-name=${displayName}`],
        ),
        requires: ['iam.serviceAccounts.update'],
      });
    return changes;
  },

  facts({ project, nameChosenBy }, { unseen, account, since }) {
    if (account !== undefined) return accountFacts(account, since, nameChosenBy);
    return unseen ? [] : goneFacts(project, since);
  },

  unseen: (seen) => seen.unseen,

  makes({ email, displayName, nameChosenBy }, { account }) {
    const one = (did: string, evidence: Evidence): Made => ({ what: 'account', did, name: email, evidence });
    if (account === undefined) return [one('created', { displayName })];
    const made: Made[] = [];
    if (account.disabled) made.push(one('enabled', {}));
    if (nameChosenBy !== undefined && account.displayName !== displayName)
      made.push(one('named', { from: account.displayName, to: displayName }));
    return made;
  },
  evidence: ({ email }, { account }) => ({ email, uniqueId: account?.uniqueId ?? '' }),
  foreign: (error) => isCloudError(error, 'exists') && !isInDoubt(error),

  async act({ cloud }, { wanted, seen, signal }) {
    const { project, email, accountId, displayName, nameChosenBy, description } = wanted;
    if (seen.account?.disabled) await againIfUnavailable(() => cloud.accounts.enable(email, project), signal);
    const found = seen.account;
    if (found !== undefined && nameChosenBy !== undefined && found.displayName !== displayName)
      await againIfUnavailable(() => cloud.accounts.patch(email, project, { displayName }), signal);
    const account =
      found ??
      (await againIfUnavailable(
        () => cloud.accounts.create(project, { accountId, displayName, description }),
        signal,
      ));
    return { email, uniqueId: account.uniqueId };
  },

  passing: (error, acted) => isCloudError(error, 'exists') || isNotKnownYet(error, acted),
  waiting: () => ({ waitingFor: 'every replica to know the account' }),
  problem(error, { project, email }) {
    if (error === undefined)
      return {
        mover: 'cloud',
        what: `the account ${email} was made, but Google still answers as if it were not`,
        next: 'wait a few minutes, then run this again',
        exit: 'cloud',
      };
    const problem = cloudProblem(error, { project, doing: `look at or make the account ${email}` });
    // A quota that comes back only after a day is the number of accounts (100 a project), not the rate of calls.
    if (!isCloudError(error, 'quota') || (error.retryAfterMs ?? 0) < 3_600_000) return problem;
    return {
      ...problem,
      mover: 'person',
      what: `${project} has as many service accounts as it may`,
      next: `delete one that nobody uses: gcloud iam service-accounts list --project=${project}`,
      exit: 'blocked',
    };
  },
};
