import { isCloudError, type CloudError } from '../../google/errors.ts';
import { CredentialsError } from '../../google/credentials.ts';
import type { Policy } from '../../google/policy.ts';
import { nothingStands, type Standing } from '../../handoff/export/standing.ts';
import { permissionsOfRole } from '../../profile/asked-on.ts';
import { spotOf } from '../../steps/grant-seen.ts';
import { wantedPlaces } from '../../steps/grant-lines.ts';
import { wantedGithub } from '../../steps/github.ts';
import { workflowsOf, workloadUser } from '../../steps/github-seen.ts';
import { accountEmail, roleName, servicesOf, type Goal, type Tools } from '../../steps/goal.ts';
import { tokenCreator } from '../../steps/impersonation.ts';
import { hasGrant, type Granted } from '../../steps/policy-grant.ts';
import { getPolicyAt } from '../../steps/spot.ts';
import type { LookedUp } from './handover-of.ts';

/** What a format has to know of the cloud: numbers and what Google takes, or also what stands there already. */
export type Wanted = 'facts' | 'standing';

export interface Found {
  known: LookedUp;
  standing: Standing;
  /** What could not be looked up, each in a few words, and why. */
  unseen: readonly string[];
}

type Asking = Pick<Tools, 'cloud' | 'project' | 'testable'>;

/**
 * Asks the cloud, reading only. What cannot be told, since it is denied, off or failing, is named and left out.
 * @throws CloudError where the run was interrupted
 */
export async function lookUp(goal: Goal, tools: Asking, wanted: Wanted): Promise<Found> {
  const whyUnseen = new Map<string, string[]>();
  const seen = async <T>(what: string, asked: Promise<T>): Promise<T | undefined> => {
    try {
      return await asked;
    } catch (error) {
      if (isCloudError(error, 'cancelled')) throw error;
      if (!isCloudError(error) && !(error instanceof CredentialsError)) throw error;
      const why = reasonOf(error);
      whyUnseen.set(why, [...(whyUnseen.get(why) ?? []), what]);
      return undefined;
    }
  };
  const [known, standing] = await Promise.all([
    factsOf(goal, tools, seen),
    wanted === 'standing' ? standingOf(goal, tools, seen) : nothingStands,
  ]);
  const unseen = [...whyUnseen].map(([why, whats]) => `${[...new Set(whats)].join(', ')} (${why})`);
  return { known, standing, unseen };
}

function reasonOf(error: CloudError | CredentialsError): string {
  if (!isCloudError(error, 'service-disabled')) return error.message;
  return `${error.metadata['service'] ?? 'the API'} is off`;
}

type Seen = <T>(what: string, asked: Promise<T>) => Promise<T | undefined>;

async function factsOf(goal: Goal, { cloud, project, testable }: Asking, seen: Seen): Promise<LookedUp> {
  const id = goal.answers.project;
  const onOrganization = wantedPlaces(goal).some(({ place }) => place.kind === 'organization');
  const [found, organization, taken] = await Promise.all([
    seen('the number of the project', project()),
    onOrganization ? seen('its organisation', cloud.projects.organizationOf(id)) : undefined,
    goal.profile.role === undefined ? undefined : seen('what a custom role may hold', testable()),
  ]);
  const isTaken = (name: string) => {
    const facts = taken?.get(name);
    return facts !== undefined && facts.customRole !== 'NOT_SUPPORTED';
  };
  const names = permissionsOfRole(goal.profile).map(({ name }) => name);
  return { number: found?.number, organization, refused: taken && names.filter((name) => !isTaken(name)) };
}

async function standingOf(goal: Goal, tools: Asking, seen: Seen): Promise<Standing> {
  const { cloud } = tools;
  const { access, project } = goal.answers;
  const email = accountEmail(goal);
  const services = servicesOf(goal);
  const github = access.kind === 'github' ? access : undefined;
  const [states, role, account, grants, own, pool, provider, number] = await Promise.all([
    seen('services', cloud.services.states(project, services)),
    goal.profile.role && seen('the role', cloud.roles.get(roleName(goal))),
    seen('the account', cloud.accounts.get(email, project)),
    grantsOf(goal, tools, seen),
    access.kind === 'impersonation' || github
      ? seen('who may act as the account', absentAs(cloud.accounts.getPolicy(email, project)))
      : undefined,
    github && seen('the pool', cloud.pools.get(project, github.pool)),
    github && seen('the provider', cloud.poolProviders.get(project, github.pool, github.provider)),
    seen('the number of the project', tools.project()),
  ]);
  const asked = new Set(permissionsOfRole(goal.profile).map(({ name }) => name));
  const isThere = role !== undefined && !role.deleted;
  return {
    services: services.filter((name) => states?.get(name) === 'ENABLED'),
    role: isThere,
    extra: isThere ? role.includedPermissions.filter((name) => !asked.has(name)) : [],
    account: account !== undefined,
    grants,
    access: own !== undefined && hasGrant(own, actorOf(goal, number?.number ?? '')),
    pool: pool !== undefined && !pool.deleted,
    provider: provider !== undefined && !provider.deleted,
  };
}

/** For each line that is wanted, in their order, whether it is there. */
async function grantsOf(goal: Goal, tools: Asking, seen: Seen): Promise<boolean[]> {
  const { project } = goal.answers;
  const ids = { project, email: accountEmail(goal) };
  const all = await Promise.all(
    wantedPlaces(goal).map(async ({ on, place, lines }) => {
      const read = async (): Promise<Policy> =>
        absentAs(getPolicyAt(await spotOf(place, tools, ids), tools.cloud, project));
      const policy = await seen(`grants on ${on}`, read());
      return lines.map((line) => policy !== undefined && stands(policy, line));
    }),
  );
  return all.flat();
}

/** Imports name a condition by its title, so one of another title is another line. */
function stands(policy: Policy, line: Granted): boolean {
  const titled = policy.bindings.filter(({ condition }) => condition?.title === line.condition?.title);
  return hasGrant({ ...policy, bindings: titled }, line);
}

function actorOf(goal: Goal, number: string): Granted {
  const { access } = goal.answers;
  if (access.kind === 'github')
    return { role: workloadUser, member: workflowsOf(wantedGithub(goal), number) };
  return { role: tokenCreator, member: access.kind === 'impersonation' ? access.member : '' };
}

/** Nothing is granted on what is not there yet. */
async function absentAs(asked: Promise<Policy>): Promise<Policy> {
  try {
    return await asked;
  } catch (error) {
    if (isCloudError(error, 'not-found')) return { etag: '', bindings: [] };
    throw error;
  }
}
