import type { Cloud } from '../google/cloud.ts';
import type { Tools } from './goal.ts';

/** Why nobody signs in as the account yet, or here. */
export type Unsigned =
  | { kind: 'no-key' }
  /** Credentials of a person are to be copied into the file, or copied anew. */
  | { kind: 'no-file' }
  /** Whoever runs this may not act as the account, and is not meant to. */
  | { kind: 'unproven'; by: string };

/** How the account is signed in to: the cloud as it sees it, and what to say of the way; or why it is not. */
export type Way = { cloud: Cloud; through: string } | Unsigned;

/** What making a token of the account takes, on the account. */
const toAct = 'iam.serviceAccounts.getAccessToken';

/** Whether the operator may act as the account. @throws CloudError, CredentialsError */
export async function mayAct({ cloud }: Tools, email: string, project: string): Promise<boolean> {
  return (await cloud.accounts.test(email, project, [toAct])).has(toAct);
}
