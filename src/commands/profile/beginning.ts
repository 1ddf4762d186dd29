import type { Catalog } from '../../catalog/model.ts';
import { pick } from '../../catalog/ranges.ts';
import { openCloud, type Cloud } from '../../google/cloud.ts';
import { resolveCredentials } from '../../google/credentials.ts';
import { asMember } from '../../steps/member.ts';
import { projectAnswer } from '../answers.ts';
import { credentialChoice } from '../credential-choice.ts';
import { customEndpoint } from '../endpoint-flag.ts';
import { listed } from '../listed-words.ts';
import { shown } from '../shown.ts';
import { permissionsOf } from '../suggest.ts';
import { liveData } from '../catalog-data.ts';
import { usage } from '../usage.ts';
import { usualReason, type Reasoned } from './draft.ts';
import type { NewFlags } from './new.ts';

/** What a profile begins with, and what could not be taken over. */
export interface Beginning {
  permissions: Reasoned[];
  /** Told before anything is asked. */
  notes: string[];
}

/**
 * The permissions that the flags name: by themselves, as a role's, as an account's or as what API methods need. Google is
 * asked only for custom roles, for roles that the catalog does not know, and for accounts.
 * @throws ProblemError for a name that means nothing; CloudError and CredentialsError where Google is asked
 */
export async function beginningOf(
  flags: NewFlags,
  catalog: Catalog,
  signal: AbortSignal,
): Promise<Beginning> {
  const { permissions, fromRole, fromAccount, fromMethods } = flags;
  const found = new Map<string, string>();
  const notes: string[] = [];
  const add = (names: readonly string[], otherwise: string): void => {
    for (const name of names) if (!found.has(name)) found.set(name, usualReason(catalog, name, otherwise));
  };
  const wrong = listed(permissions).find((name) => !/^[a-z][\w-]*\.\w+\.\w+$/u.test(name));
  if (wrong !== undefined)
    throw usage(
      `--permissions: ${shown(wrong)} is not the name of a permission`,
      'write names as service.resource.action, with commas between them: --permissions=run.services.get',
    );
  add(listed(permissions), 'Say what the account needs it for.');
  const methods = listed(fromMethods);
  if (methods.length > 0)
    add(permissionsOf(methods, catalog, liveData(process.env)), `Needed to call ${methods.join(', ')}.`);
  if (fromRole !== undefined) add(await heldBy(fromRole, flags, catalog, signal), `${fromRole} holds it.`);
  if (fromAccount !== undefined) {
    const project = projectAnswer(flags);
    const cloud = await cloudFor(flags, signal);
    const { bindings } = await cloud.projects.getPolicy(project);
    const own = bindings.filter(({ members }) => members.includes(asMember(fromAccount)));
    if (own.length === 0)
      throw usage(
        `--from-account: the policy of ${project} grants ${shown(fromAccount)} nothing`,
        'check the address and the project: gcloud projects get-iam-policy shows who has what',
      );
    for (const { role, condition } of own) {
      if (condition !== undefined)
        notes.push(`${role} is granted under a condition, which no profile of this form keeps.`);
      add(await heldBy(role, flags, catalog, signal, cloud), `${role} holds it.`);
    }
  }
  const refused = catalog.permissions.filter(
    ({ name, customRole, levels }) =>
      found.has(name) && (customRole === 'NOT_SUPPORTED' || levels?.includes('project') === false),
  );
  for (const { name } of refused) found.delete(name);
  if (refused.length > 0)
    notes.push(
      `Left out, because no custom role of a project can hold it: ${refused.map(({ name }) => name).join(', ')}.`,
    );
  return { permissions: [...found].map(([name, why]) => ({ name, why })), notes };
}

async function heldBy(
  role: string,
  flags: NewFlags,
  catalog: Catalog,
  signal: AbortSignal,
  cloud?: Cloud,
): Promise<readonly string[]> {
  const form = /^(?:roles|(?:projects|organizations)\/[^/\s]+\/roles)\/[\w.]+$/u;
  if (!form.test(role))
    throw usage(
      `--from-role: ${shown(role)} is not the name of a role`,
      'write it in full: --from-role=roles/run.viewer, or projects/my-project/roles/Deployer',
    );
  const known = catalog.roles.find(({ name }) => name === role);
  if (known !== undefined) return pick(catalog.liveNames, known.ranges);
  const found = await (cloud ?? (await cloudFor(flags, signal))).roles.get(role);
  if (found === undefined)
    throw usage(`--from-role: there is no role ${role}`, 'iamready search finds roles by their words');
  return found.includedPermissions;
}

async function cloudFor(flags: NewFlags, signal: AbortSignal): Promise<Cloud> {
  const endpoint = customEndpoint(flags);
  const credentials = await resolveCredentials({ ...credentialChoice(flags), endpoint });
  return openCloud({ endpoint, credentials, signal });
}
