import { mayAct, type Way } from './acting-as.ts';
import { fullProvider } from './github-seen.ts';
import type { Access, Tools } from './goal.ts';
import { readKeyFile } from './key-file.ts';
import { impersonationWay } from './validate-impersonation.ts';

/** Which account, where, and how programs sign in as it. */
interface Wanted {
  project: string;
  email: string;
  /** Of the key, or of the credentials in its place. */
  file: string;
  access: Access;
}

/** How the account is signed in to on this machine. @throws CloudError, CredentialsError */
export async function asAccount(tools: Tools, wanted: Wanted): Promise<Way> {
  const { access, email, file, project } = wanted;
  switch (access.kind) {
    case 'key': {
      const local = await readKeyFile(file);
      if (local.kind !== 'key' || local.email !== email || local.damaged) return { kind: 'no-key' };
      return { cloud: tools.as(local.text), through: '' };
    }
    case 'impersonation':
      return impersonationWay(tools, { email, project, file, member: access.member });
    case 'github': {
      const { repository } = access;
      const { asWorkflow } = tools;
      if (asWorkflow !== undefined) {
        const number = (await tools.project())?.number ?? '';
        const provider = fullProvider(access, number);
        return {
          cloud: await asWorkflow(provider, email, repository),
          through: ' by a token of the workflow',
        };
      }
      if (await mayAct(tools, email, project))
        return { cloud: tools.acting(email), through: ' by your own right; a workflow proves its own' };
      return { kind: 'unproven', by: `A workflow of ${repository} proves it with iamready check` };
    }
    case 'attached':
      if (await mayAct(tools, email, project))
        return { cloud: tools.acting(email), through: ' by your own right' };
      return { kind: 'unproven', by: 'The service proves it when it runs' };
  }
}
