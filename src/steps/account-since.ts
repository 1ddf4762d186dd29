import type { ServiceAccount } from '../google/service-accounts.ts';
import type { Journal } from '../wizard/journal.ts';
import type { Fact } from '../wizard/step.ts';
import { commandLine } from './shell.ts';

/** What earlier runs of ours know of the account, for telling what somebody has changed since. */
export interface AccountSince {
  /** Of the account that an earlier run left: another one may have its name by now. */
  uniqueId?: string;
  /** The display name that we gave it last. */
  displayName?: string;
}

/** Reads it off the journal: also a grant to the account tells which one it was. */
export function accountSince(journal: Journal, email: string): AccountSince {
  const receipt = journal.receipt('account');
  const seen = journal.made.findLast(
    ({ name, evidence }) =>
      evidence['uniqueId'] && (name === email || evidence['member'] === `serviceAccount:${email}`),
  );
  const known = seen?.evidence ?? (receipt?.['email'] === email ? receipt : undefined);
  // An act that was interrupted may not have told it.
  const uniqueId = known?.['uniqueId'];
  if (!uniqueId) return {};
  const names = journal.made
    .filter(
      ({ what, name, evidence }) => what === 'account' && name === email && evidence['uniqueId'] === uniqueId,
    )
    .map(({ did, evidence }) => (did === 'named' ? evidence['to'] : evidence['displayName']));
  const displayName = names.findLast((each) => each !== undefined);
  return { uniqueId, ...(displayName !== undefined && { displayName }) };
}

/** How an account that is gone can be had back, in place of a new one (IAM docs, undeleting service accounts). */
export function goneFacts(project: string, { uniqueId }: AccountSince): Fact[] {
  if (uniqueId === undefined) return [];
  const undelete = commandLine(
    'gcloud',
    'iam',
    'service-accounts',
    'undelete',
    uniqueId,
    `--project=${project}`,
  );
  return [
    {
      tone: 'attention',
      text: `for 30 days after it was deleted, the account can be had back with all its bindings: ${undelete}`,
    },
  ];
}

/** What somebody else has done to the account, which is left as found. */
export function accountFacts(
  account: ServiceAccount,
  since: AccountSince,
  nameChosenBy: string | undefined,
): Fact[] {
  const { email, uniqueId, displayName } = account;
  const isAnother = since.uniqueId !== undefined && since.uniqueId !== uniqueId;
  const facts: Fact[] = [
    {
      tone: 'note',
      text: `${email}, unique ID ${uniqueId}${isAnother ? `; made anew by somebody else, the one before had ${since.uniqueId ?? ''}` : ''}`,
    },
  ];
  if (!isAnother && nameChosenBy === undefined && (since.displayName ?? displayName) !== displayName)
    facts.push({
      tone: 'attention',
      text: `${email} is named "${displayName}" by somebody else, it was "${since.displayName ?? ''}"; left as found`,
      flag: '--account-name',
    });
  return facts;
}
