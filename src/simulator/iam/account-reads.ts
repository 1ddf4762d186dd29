import type { Call } from '../call.ts';
import { view } from '../call.ts';
import { paginate } from '../paging.ts';
import { permittedProject, seenAccount } from './account-lookup.ts';
import { showAccount } from './account-show.ts';

/** GET of a service account, by e-mail or unique ID. */
export function getAccount(call: Call): object {
  return showAccount(seenAccount(call, 'iam.serviceAccounts.get'));
}

/** LIST of the live service accounts of a project: 20 a page, 100 at most (discovery document). */
export function listAccounts(call: Call): object {
  const { world } = call;
  const project = permittedProject(call, 'iam.serviceAccounts.list');
  const accounts = [...world.accounts.values()]
    .filter((account) => account.projectId === project.id)
    .flatMap((account) => view(call, world.accounts, account.uniqueId) ?? [])
    .filter((account) => account.deletedAt === undefined);
  const page = paginate(accounts, call.query, `${project.id}/serviceAccounts`, { usual: 20, largest: 100 });
  return {
    accounts: page.items.length ? page.items.map(showAccount) : undefined,
    nextPageToken: page.nextPageToken,
  };
}
