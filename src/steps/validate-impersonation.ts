import { ProblemError } from '../wizard/problem.ts';
import { mayAct, type Way } from './acting-as.ts';
import type { Tools } from './goal.ts';
import { seeFile, type SeenFile } from './impersonation-file.ts';
import { tokenCreator } from './impersonation.ts';
import { isOne, isOperator } from './member.ts';
import { hasGrant } from './policy-grant.ts';

interface Wanted {
  project: string;
  email: string;
  member: string;
  file: string;
}

/**
 * How an account is acted as without a key: by the file that programs will do so with, as they will; where none is to be, by
 * the operator's own right, as far as the operator is who is to act.
 * @throws CloudError, CredentialsError
 */
export async function impersonationWay(tools: Tools, wanted: Wanted): Promise<Way> {
  const { email, project, member, file } = wanted;
  const acting = tools.acting(email);
  const isThey = await isOperator(member, tools.cloud);
  if (isThey === false) {
    if (await mayAct(tools, email, project))
      return { cloud: acting, through: ` by your own right; ${member} proves theirs with iamready check` };
    return { kind: 'unproven', by: `${member} proves it with iamready check` };
  }
  const found = await fileOf(tools, wanted);
  if (found.kind === 'absent' || found.kind === 'broken') return { kind: 'no-file' };
  if (found.kind === 'there')
    return { cloud: tools.byFile(found.text, file).acting, through: ' by the credentials file' };
  if (isThey === undefined && isOne(member)) {
    // Nobody says whose the token is, and Google's refusal would look the same for hours to come.
    const policy = await tools.cloud.accounts.getPolicy(email, project);
    if (hasGrant(policy, { role: tokenCreator, member }) && !(await mayAct(tools, email, project)))
      return {
        kind: 'unproven',
        by: `Your credentials do not say whether you are ${member}, who proves it with iamready check`,
      };
  }
  return { cloud: acting, through: ' by your own right; no credentials file was tried' };
}

/** What the step of the file sees there; what it refuses is told there, and no file is tried. */
async function fileOf(tools: Tools, wanted: Wanted): Promise<SeenFile> {
  try {
    return await seeFile(tools, wanted);
  } catch (error) {
    if (error instanceof ProblemError) return { kind: 'none' };
    throw error;
  }
}
