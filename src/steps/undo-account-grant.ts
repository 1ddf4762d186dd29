import { isCloudError } from '../google/errors.ts';
import type { Policy } from '../google/policy.ts';
import { commandLine } from './shell.ts';
import type { UndoKind } from './undo-kind.ts';
import { undoLine } from './undo-line.ts';

/** The policy of an account that is gone, or is another one. */
const none: Policy = { version: 3, etag: '', bindings: [] };

/** Who may act as the account. */
export const undoAccountGrant: UndoKind = {
  kind: 'account-grant/granted',
  id: 'access',
  groupOf: ({ name, evidence }) => [name, evidence['role'], evidence['member']].join(' '),
  step(given) {
    const { project, traces, ours } = given;
    const email = traces[0]?.made.name ?? '';
    const { role = '', member = '' } = traces[0]?.evidence ?? {};
    const remove = ['gcloud', 'iam', 'service-accounts', 'remove-iam-policy-binding', email];
    const named = [`--project=${project}`, `--member=${member}`, `--role=${role}`];

    return undoLine(given, {
      title: 'Without a key',
      why: 'One line in the allow policy of the account: who may act as it. Every other line stays as it is.',
      undo: 'setup grants it again',
      role,
      isMember: (shown) => shown === member,
      of: email,
      async get({ cloud }) {
        const made = ours.uniqueIds(email);
        try {
          const [account, policy] = await Promise.all([
            cloud.accounts.get(email, project),
            cloud.accounts.getPolicy(email, project),
          ]);
          // What somebody wrote for an account of their own is theirs.
          return account === undefined || made.length === 0 || made.includes(account.uniqueId)
            ? policy
            : none;
        } catch (error) {
          if (isCloudError(error, 'not-found')) return none;
          throw error;
        }
      },
      set: ({ cloud }, policy) => cloud.accounts.setPolicy(email, project, policy),
      called: `that ${member} may act as ${email}`,
      change: {
        what: 'access',
        name: member,
        from: `may act as ${email}`,
        to: 'taken away',
        why: 'nobody signs in as the account by it any more',
        gcloud: commandLine(...remove, ...named, '--condition=None'),
        requires: ['iam.serviceAccounts.setIamPolicy'],
      },
      whatever: commandLine(...remove, ...named, '--all'),
    });
  },
};
