import { accountName } from '../iam/account-show.ts';
import { timestamp } from '../clock.ts';
import type { Project, World } from '../world.ts';

const DAY = 24 * 3600 * 1000;
/** Days begin at 07:00 UTC here (discovery document). */
const START = 7 * 3600 * 1000;
const LONGEST = 400 * DAY; // [U]

const dayOf = (milliseconds: number): number => Math.floor((milliseconds - START) / DAY) * DAY + START;

/** Whose last authentications are told. */
export type Kind = 'serviceAccount' | 'serviceAccountKey';

interface Subject {
  readonly name: string;
  readonly accountId: string;
  readonly created: number;
  readonly last: number | undefined;
}

/** The live accounts of a project, or their user-managed keys. */
function subjects(world: World, project: Project, kind: Kind): Subject[] {
  const accounts = [...world.accounts.values()].filter(
    ({ projectId, deletedAt }) => projectId === project.id && deletedAt === undefined,
  );
  return accounts.flatMap((account): Subject[] => {
    const name = `//iam.googleapis.com/${accountName(account)}`;
    const accountId = account.uniqueId;
    if (kind === 'serviceAccount')
      return [{ name, accountId, created: account.createTime, last: world.signIns.get(accountId) }];
    return [...world.keys.values()]
      .filter((key) => key.account === accountId)
      .map((key) => ({
        name: `${name}/keys/${key.id}`,
        accountId,
        created: key.validAfter,
        last: world.signIns.get(`${accountId}/${key.id}`),
      }));
  });
}

/**
 * The last authentications in a project, to the day. With lagging replicas a day is told when it is over, as Google
 * refreshes daily; without, at once. What was never used has no lastAuthenticatedTime ([U] that it is listed).
 */
export function activitiesOf(
  world: World,
  project: Project,
  kind: Kind,
): { readonly fullResourceName: string }[] {
  const now = world.clock.now();
  const end = world.lag === 'none' ? dayOf(now) + DAY : dayOf(now);
  return subjects(world, project, kind).map(({ name, accountId, created, last }) => ({
    fullResourceName: name,
    activityType: `${kind}LastAuthentication`,
    observationPeriod: {
      startTime: timestamp(Math.min(Math.max(dayOf(created), end - LONGEST), end)),
      endTime: timestamp(end),
    },
    activity: {
      lastAuthenticatedTime: last === undefined || last >= end ? undefined : timestamp(dayOf(last)),
      [kind]: { fullResourceName: name, projectNumber: project.number, serviceAccountId: accountId },
    },
  }));
}
