import type { ServiceAccount } from '../google/service-accounts.ts';
import type { Journal } from '../wizard/journal.ts';
import type { Fact } from '../wizard/step.ts';

/** What earlier runs of ours know of the account, for telling what somebody has changed since. */
export interface AccountSince {
  /** Of the account that an earlier run left: another one may have its name by now. */
  uniqueId?: string;
  /** The display name that we gave it last. */
  displayName?: string;
}

/** Reads it off the journal. */
export function accountSince(journal: Journal, email: string): AccountSince {
  const receipt = journal.receipt('account');
  const uniqueId = receipt?.['email'] === email ? receipt['uniqueId'] : undefined;
  const names = journal.made
    .filter(
      ({ what, name, evidence }) => what === 'account' && name === email && evidence['uniqueId'] === uniqueId,
    )
    .map(({ did, evidence }) => (did === 'named' ? evidence['to'] : evidence['displayName']));
  const displayName = names.findLast((each) => each !== undefined);
  // An act that was interrupted may not have told it.
  return { ...(uniqueId && { uniqueId }), ...(uniqueId && displayName !== undefined && { displayName }) };
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
