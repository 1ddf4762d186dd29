import { suggest, type Fit } from '../catalog/suggest.ts';
import { CredentialsError } from '../google/credentials.ts';
import { isCloudError } from '../google/errors.ts';
import { isBasicRole } from '../profile/basic-roles.ts';
import type { Goal, Tools } from '../steps/goal.ts';
import { asMember } from '../steps/member.ts';
import { gcloudOf, spotFrom, type Spot } from '../steps/spot.ts';
import type { Offered, Preflight, Remedy } from '../wizard/preflight.ts';
import { nodeOf, staysAside, type Session } from '../wizard/session.ts';
import { catalogData, liveData } from './catalog-data.ts';
import { changesIn, type Lacking } from './lacking.ts';
import { preflightWords } from './preflight-words.ts';
import type { PlanPlace } from './plan-place.ts';
import { whoToAsk } from './who-to-ask.ts';
import { withWhatRestsOn, type ToldStep } from './wizard/cards.ts';

/** What a preflight is about, beside the session. */
export interface PreflightAbout {
  tools: Tools;
  goal: Goal;
  steps: readonly ToldStep[];
  planOut: PlanPlace;
}

/** Holds what the operator may do against what a session has found to do, and says who can help. */
export async function preflightOf(
  session: Session,
  { lacks, steps: stopped }: Lacking,
  about: PreflightAbout,
): Promise<Preflight> {
  const { tools, goal, steps } = about;
  const { project } = goal.answers;
  const spots = [...new Set(lacks.map(({ place }) => place))].flatMap((place) => spotFrom(place) ?? []);
  const [catalog, email] = await Promise.all([catalogData(), emailOf(tools)]);
  const live = liveData(process.env);
  const remedies = spots.map((spot): Remedy => {
    const here = lacks.filter(({ place }) => place === `${spot.kind}/${spot.id}`);
    const permissions = here.map(({ permission }) => permission);
    const { role } = suggest(permissions, catalog, live);
    const narrow = suggest(permissions, catalog, live, isBasicRole);
    const granted = narrow.role ? [narrow.role] : narrow.together;
    return {
      place: `${spot.kind}/${spot.id}`,
      called: here[0]?.called ?? '',
      permissions,
      role: role && offered(role),
      together: role === undefined || isBasicRole(role.role) ? granted.map(offered) : [],
      heldByNone: narrow.held,
      gcloud: granted.map((each) => commandFor(each, spot, email, project)),
    };
  });
  const ask = await whoToAsk(spots, { tools, project, catalog });
  const possible = possibleIn(session, steps, stopped);
  const facts = { operator: email ?? tools.operator, project, lacks, remedies, ask, possible };
  return { ...facts, ...preflightWords(facts, { title: goal.profile.title, planOut: about.planOut }) };
}

/** What can be done all the same: the steps that rest on nothing that is stopped. */
function possibleIn(
  session: Session,
  steps: readonly ToldStep[],
  stopped: ReadonlySet<string>,
): Preflight['possible'] {
  const isWalled = session.order.some((id) => {
    const node = nodeOf(session, id);
    return node.state === 'blocked' && !staysAside(node) && !stopped.has(id);
  });
  if (isWalled) return [];
  const out = withWhatRestsOn(steps, stopped);
  return steps.flatMap(({ id, title }) => {
    const changes = out.has(id) ? [] : changesIn(session, id).filter(({ what }) => what !== 'validate');
    return changes.length === 0 ? [] : [{ step: id, title, changes }];
  });
}

function offered({ role, title, extra }: Fit): Offered {
  return { role, title, extra: extra.length };
}

function commandFor({ role }: Fit, spot: Spot, email: string | undefined, project: string): string {
  const member = email === undefined ? 'user:YOUR-ADDRESS' : asMember(email);
  return gcloudOf('add', { role, member }, spot, project);
}

async function emailOf({ cloud }: Tools): Promise<string | undefined> {
  try {
    return await cloud.whose();
  } catch (error) {
    if (isCloudError(error) || error instanceof CredentialsError) return undefined;
    throw error;
  }
}
