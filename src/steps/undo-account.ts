import type { Policy } from '../google/policy.ts';
import type { ServiceAccount } from '../google/service-accounts.ts';
import { againIfUnavailable } from './again.ts';
import { inShort } from './grant-others.ts';
import { refused } from './refused.ts';
import { commandLine } from './shell.ts';
import { readUsers, refuseUsers } from './undo-account-users.ts';
import type { UndoKind } from './undo-kind.ts';
import { findKeys } from './undo-keys-found.ts';
import { othersBindings } from './undo-ours.ts';
import { undoStep, type Given } from './undo-step.ts';

/** An account that a run made, with all that was done to it since. */
export const undoAccount: UndoKind = {
  kind: 'account/created',
  id: 'account',
  step(given) {
    const { project, ours, traces } = given;
    const email = traces[0]?.made.name ?? '';

    return undoStep<ServiceAccount | undefined>(given, {
      title: 'Account',
      why: 'The service account itself. Whatever still signed in as it stops working.',
      undo: 'for 30 days it can be restored; its keys and its grant stay gone',
      doing: `look at or delete the account ${email}`,

      async look(tools, read) {
        const { cloud } = tools;
        const [[found], keys, [policy], users] = await Promise.all([
          read(
            () => cloud.accounts.get(email, project),
            (account) => account !== undefined,
          ),
          findKeys(tools, { project, email }, ours.keys(email), read),
          read<Policy>(
            () => cloud.projects.getPolicy(project),
            () => true,
          ),
          readUsers(cloud, project, email),
        ]);
        if (found === undefined) return undefined;
        refuseAnother(found, given);
        const foreign = [...keys.others, ...keys.unsure];
        if (foreign.length > 0)
          throw refused(
            `${email} has keys that iamready did not make: ${inShort(foreign, 3)}`,
            'whoever signs in with one would be locked out',
            `if nobody does: ${commandLine('gcloud', 'iam', 'service-accounts', 'delete', email, `--project=${project}`)}`,
          );
        const others = othersBindings(policy, ours, { member: `serviceAccount:${email}` });
        if (others.length > 0)
          throw refused(
            `${email} has roles on ${project} that iamready did not grant: ${others.map(({ role }) => role).join(', ')}`,
            'somebody else uses it for something',
            `if nobody does, take them away (gcloud projects remove-iam-policy-binding ${project}), then run this again`,
          );
        refuseUsers(users, given, email);
        return found;
      },

      compare: (account) =>
        account === undefined
          ? []
          : [
              {
                sign: '-',
                what: 'account',
                name: email,
                from: `unique ID ${account.uniqueId}`,
                to: 'deleted, restorable for 30 days',
                why: 'it was made for this alone, and nobody else uses it here',
                source: 'made by iamready',
                gcloud: commandLine(
                  ...['gcloud', 'iam', 'service-accounts', 'delete', email, `--project=${project}`],
                ),
                requires: ['iam.serviceAccounts.delete'],
              },
            ],
      remains: (account) =>
        account === undefined
          ? []
          : [`account ${email}: restorable for 30 days, by its unique ID ${account.uniqueId}`],
      async act({ cloud }, account, signal) {
        // By the unique ID: the address may by then be another account's.
        if (account) await againIfUnavailable(() => cloud.accounts.delete(account.uniqueId, project), signal);
      },
    });
  },
};

/** @throws ProblemError where this is not the account that the journal tells of */
export function refuseAnother(found: ServiceAccount, { project, ours, traces }: Given): void {
  const known = ours.uniqueIds(found.email);
  const next = `if it is to go: ${commandLine('gcloud', 'iam', 'service-accounts', 'delete', found.email, `--project=${project}`)}`;
  if (known.length > 0 && !known.includes(found.uniqueId))
    throw refused(
      `${found.email} is another account by now (unique ID ${found.uniqueId})`,
      'somebody deleted the one that iamready made, and made this one',
      next,
    );
  // A run died while it made this one: only the name that it was to have tells whether it did.
  const { displayName } = traces.find(({ made }) => made.did === 'created')?.evidence ?? {};
  if (known.length === 0 && displayName !== undefined && displayName !== found.displayName)
    throw refused(
      `${found.email} has another name ("${found.displayName}") than an interrupted run was to give it`,
      'it may be somebody else who made it',
      next,
    );
}
