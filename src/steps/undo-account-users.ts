import type { Cloud } from '../google/cloud.ts';
import { isCloudError } from '../google/errors.ts';
import type { Binding } from '../google/policy.ts';
import { refused } from './refused.ts';
import { commandLine } from './shell.ts';
import type { Given } from './undo-step.ts';

/**
 * Who may act as an account, or may do anything else with it, by its own allow policy; `hidden` from whoever may not read
 * that, as some may who may delete the account.
 */
export async function readUsers(
  { accounts }: Pick<Cloud, 'accounts'>,
  project: string,
  email: string,
): Promise<readonly Binding[] | 'hidden'> {
  try {
    return (await accounts.getPolicy(email, project)).bindings;
  } catch (error) {
    if (isCloudError(error, 'not-found')) return [];
    if (isCloudError(error, 'denied')) return 'hidden';
    throw error;
  }
}

/** @throws ProblemError `aside` where somebody has the account by a grant that no run made, or where that cannot be seen */
export function refuseUsers(
  users: readonly Binding[] | 'hidden',
  { ours, project }: Pick<Given, 'ours' | 'project'>,
  email: string,
): void {
  const deleted = commandLine('gcloud', 'iam', 'service-accounts', 'delete', email, `--project=${project}`);
  if (users === 'hidden')
    throw refused(
      `it cannot be seen whether somebody else may use ${email}: you may not read its allow policy`,
      'whoever does would be locked out',
      `if nobody does: ${deleted}; if you do not know, ask an owner of ${project} for iam.serviceAccounts.getIamPolicy`,
    );
  const others = users.flatMap(({ role, members, condition }) =>
    members
      // Whoever was deleted uses nothing any more.
      .filter((member) => !member.startsWith('deleted:'))
      .filter((member) => !ours.grantedOn(email, role, member, condition))
      .map((member) => `${member} has ${role}`),
  );
  if (others.length === 0) return;
  throw refused(
    `others have roles on ${email} that iamready did not grant: ${others.join(', ')}`,
    'they use the account or manage it, and would be locked out',
    `if nobody needs it: ${deleted}`,
  );
}
