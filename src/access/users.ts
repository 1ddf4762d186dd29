import type { Cloud } from '../google/cloud.ts';
import { accountEmail, type Goal } from '../steps/goal.ts';
import type { GraphKey, GraphProvider, GraphService, Holder, Unread } from './graph.ts';
import type { MadeIndex } from './made.ts';
import { readOr } from './unread.ts';

const DAY_MS = 86_400_000;

/** What the readings below share. */
export interface Reading {
  readonly cloud: Cloud;
  readonly goal: Goal;
  readonly made: MadeIndex;
  readonly unread: Unread[];
}

/** The account's keys, the oldest first, and when each last signed in, as far as that can be read. */
export async function readKeys({ cloud, goal, made, unread }: Reading): Promise<GraphKey[]> {
  const { project } = goal.answers;
  const email = accountEmail(goal);
  const keys = await readOr(
    cloud.keys.list(project, email),
    { what: `the keys of ${email}`, next: 'ask for roles/iam.securityReviewer on the project' },
    unread,
  );
  if (keys === undefined || keys.length === 0) return [];
  const uses = await readOr(
    cloud.activity.keyLastAuthentication(project, email),
    {
      what: `when the keys of ${email} were last used`,
      next: 'ask for roles/policyanalyzer.activityAnalysisViewer on the project',
    },
    unread,
  );
  const now = cloud.serverTime();
  return keys
    .toSorted((a, b) => a.validAfter.getTime() - b.validAfter.getTime())
    .map(({ id, validAfter, validBefore, disabled, origin }) => ({
      ...{ id, created: validAfter.toISOString(), disabled, uploaded: origin === 'USER_PROVIDED' },
      ageDays: Math.max(0, Math.floor((now.getTime() - validAfter.getTime()) / DAY_MS)),
      // A key that does not expire is told as one that does so at the end of the year 9999.
      ...(validBefore.getUTCFullYear() < 9999 && { expires: validBefore.toISOString() }),
      expired: validBefore <= now,
      ...(uses && { lastUsed: uses.get(id)?.toISOString().slice(0, 10) ?? null }),
      made: made.key(id),
    }));
}

/** The services on Cloud Run that run as the account, in the regions that are named: Google lists one region at a time. */
export async function readServices(
  { cloud, goal, made, unread }: Reading,
  regions: readonly string[],
): Promise<GraphService[]> {
  const { project } = goal.answers;
  const email = accountEmail(goal);
  const elsewhere = {
    what: `services on Cloud Run ${regions.length === 0 ? 'in any region' : `in other regions than ${regions.join(', ')}`}`,
    why: 'Google lists one region at a time',
    next: 'name those that you use: --regions=europe-west1,us-central1',
  };
  const found = await Promise.all(
    regions.map(async (region) => {
      const about = {
        what: `the services on Cloud Run in ${region}`,
        next: 'ask for roles/run.viewer on the project',
      };
      const services = (await readOr(cloud.run.list(project, region), about, unread)) ?? [];
      return services.flatMap(({ name, serviceAccount, uri }) =>
        serviceAccount === email
          ? [{ region, name: name.slice(name.lastIndexOf('/') + 1), uri, made: made.service(name) }]
          : [],
      );
    }),
  );
  unread.push(elsewhere);
  return found.flat();
}

/** Identities from elsewhere, as policies name them (IAM docs, principal identifiers). */
const fromPool =
  /^principal(?:Set)?:\/\/iam\.googleapis\.com\/projects\/(?<number>\d+)\/locations\/global\/workloadIdentityPools\/(?<pool>[^/]+)\//u;

/** Whom the pools believe whose members may use the account; those of other projects cannot be looked at from here. */
export async function readProviders(
  { cloud, goal, made, unread }: Reading,
  holders: readonly Holder[],
  number: string | undefined,
): Promise<GraphProvider[]> {
  const { project } = goal.answers;
  const pools = new Map<string, { of: string; pool: string }>();
  for (const { member } of holders) {
    const { number: of, pool } = fromPool.exec(member)?.groups ?? {};
    if (of !== undefined && pool !== undefined) pools.set(`${of}/${pool}`, { of, pool });
  }
  const found = await Promise.all(
    [...pools.values()].map(async ({ of, pool }) => {
      const what = `whom the pool ${pool} of project ${of} lets in`;
      if (of !== number) {
        unread.push({ what, why: 'it is in another project', next: 'ask whoever keeps that project' });
        return [];
      }
      const next = 'ask for roles/iam.workloadIdentityPoolViewer on the project';
      const providers = await readOr(cloud.poolProviders.list(project, pool), { what, next }, unread);
      return (providers ?? []).map((provider) => ({
        ...{ pool, provider: provider.name.slice(provider.name.lastIndexOf('/') + 1) },
        ...{ issuer: provider.oidc?.issuerUri, condition: provider.attributeCondition },
        ...{ disabled: provider.disabled, made: made.provider(provider.name) },
      }));
    }),
  );
  return found.flat();
}
