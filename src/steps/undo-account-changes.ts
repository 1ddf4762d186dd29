import type { ServiceAccount } from '../google/service-accounts.ts';
import type { Change } from '../wizard/step.ts';
import { againIfUnavailable } from './again.ts';
import { refused } from './refused.ts';
import { commandLine } from './shell.ts';
import { refuseAnother } from './undo-account.ts';
import type { UndoKind } from './undo-kind.ts';
import { undoStep, type Given, type Read } from './undo-step.ts';
import type { Tools } from './goal.ts';

/** An account that was there, and that a run enabled. */
export const undoAccountEnabled: UndoKind = {
  kind: 'account/enabled',
  id: 'account-enabled',
  step(given) {
    const { project } = given;
    const email = emailOf(given);
    return undoStep<ServiceAccount | undefined>(given, {
      title: 'Account on',
      why: 'The account was disabled before, and is so again.',
      undo: 'it can be enabled any time',
      doing: `look at or disable the account ${email}`,
      look: (tools, read) => findAccount(tools, given, read),
      compare: (account) =>
        account === undefined || account.disabled
          ? []
          : [
              change(email, 'enabled', 'disabled, as it was', {
                why: 'whatever still signs in as it stops working, as before',
                gcloud: commandLine(
                  ...['gcloud', 'iam', 'service-accounts', 'disable', email, `--project=${project}`],
                ),
                requires: ['iam.serviceAccounts.disable'],
              }),
            ],
      act: ({ cloud }, _account, signal) =>
        againIfUnavailable(() => cloud.accounts.disable(email, project), signal),
    });
  },
};

/** An account that was there, and whose display name a run changed. */
export const undoAccountNamed: UndoKind = {
  kind: 'account/named',
  id: 'account-name',
  step(given) {
    const { project, traces } = given;
    const email = emailOf(given);
    const from = traces[0]?.evidence['from'] ?? '';
    const to = traces.at(-1)?.evidence['to'] ?? '';
    return undoStep<ServiceAccount | undefined>(given, {
      title: 'Account name',
      why: 'The display name that the account had before.',
      undo: 'it can be changed any time',
      doing: `look at or name the account ${email}`,
      async look(tools, read) {
        const account = await findAccount(tools, given, read);
        if (account === undefined || [from, to].includes(account.displayName)) return account;
        throw refused(
          `${email} is named "${account.displayName}" now, which is not the name that iamready gave it`,
          'somebody else has named it since',
          `if it is to have its old name: ${nameIt(email, project, from)}`,
        );
      },
      compare: (account) =>
        account === undefined || account.displayName === from
          ? []
          : [
              change(email, `named "${to}"`, `named "${from}", as it was`, {
                why: 'people read the name',
                gcloud: nameIt(email, project, from),
                requires: ['iam.serviceAccounts.update'],
              }),
            ],
      act: ({ cloud }, _account, signal) =>
        againIfUnavailable(() => cloud.accounts.patch(email, project, { displayName: from }), signal),
    });
  },
};

const emailOf = ({ traces }: Given): string => traces[0]?.made.name ?? '';

function nameIt(email: string, project: string, name: string): string {
  return commandLine(
    ...['gcloud', 'iam', 'service-accounts', 'update', email],
    ...[`--project=${project}`, `--display-name=${name}`],
  );
}

async function findAccount({ cloud }: Tools, given: Given, read: Read): Promise<ServiceAccount | undefined> {
  const [account] = await read(
    () => cloud.accounts.get(emailOf(given), given.project),
    (found) => found !== undefined,
  );
  if (account !== undefined) refuseAnother(account, given);
  return account;
}

function change(
  name: string,
  from: string,
  to: string,
  rest: Pick<Change, 'why' | 'gcloud' | 'requires'>,
): Change {
  return { sign: '~', what: 'account', name, from, to, source: 'changed by iamready', ...rest };
}
