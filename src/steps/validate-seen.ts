import { isCloudError, type CloudError } from '../google/errors.ts';
import { askedOn } from '../profile/asked-on.ts';
import type { WantedPermission } from '../profile/profile.ts';
import type { Unsigned, Way } from './acting-as.ts';
import { asAccount } from './as-account.ts';
import { clockWords } from './clock-words.ts';
import { accountEmail, type Access, type Goal, type ToldCause, type Tools } from './goal.ts';
import { here, wellFormed } from './grant-lines.ts';
import { spotOf } from './grant-seen.ts';
import { testAt, type Spot } from './spot.ts';

/** What is asked of the account itself, and how it is signed in to. */
export interface WantedProof {
  goal: Goal;
  project: string;
  email: string;
  file: string;
  access: Access;
  permissions: readonly WantedPermission[];
  /** The same, by what each is asked for on. */
  asked: ReadonlyMap<string, readonly WantedPermission[]>;
  /** The account is to have a role of its own. */
  hasRole: boolean;
}

/** What came of asking. `error` is the refusal, for whoever looks into it; `causes`: why, where it was looked into. */
export type SeenProof = (
  | Unsigned
  | { kind: 'refused'; said: string; clock: string | undefined; error: CloudError }
  | { kind: 'not-yet'; said: string; error: CloudError }
  | {
      kind: 'tested';
      tested: readonly WantedPermission[];
      granted: ReadonlySet<string>;
      through: string;
    }
) & { causes?: readonly ToldCause[] };

/** What is asked where a profile names no permission: an answer proves the sign-in, whatever it is. */
const anyPermission = 'resourcemanager.projects.get';

/** What is to be asked for a goal. */
export function wantedProof(goal: Goal): WantedProof {
  return {
    goal,
    project: goal.answers.project,
    email: accountEmail(goal),
    file: goal.answers.keyFile.value,
    access: goal.answers.access,
    permissions: goal.profile.permissions,
    asked: askedPlaces(goal),
    hasRole: goal.profile.role !== undefined,
  };
}

/** Signs in as the account, and asks for every permission where it is wanted. @throws CloudError, CredentialsError */
export async function seeProof(tools: Tools, wanted: WantedProof): Promise<SeenProof> {
  const { project, permissions, asked } = wanted;
  let way: Way;
  const test = async (tested: readonly WantedPermission[]): Promise<SeenProof> => {
    if (!('cloud' in way)) return way;
    const { cloud, through } = way;
    const answers = [...asked].map(async ([on, all]) => {
      const names = all.filter((each) => tested.includes(each)).map(({ name }) => name);
      const spot = await askedSpot(on, tools, wanted);
      return testAt(spot, cloud, project, asked.size === 1 && names.length === 0 ? [anyPermission] : names);
    });
    const granted = new Set((await Promise.all(answers)).flatMap((each) => [...each]));
    return { kind: 'tested', tested, granted, through };
  };
  try {
    way = await asAccount(tools, wanted);
    return await test(permissions).catch(async (error: unknown) => {
      // One permission that is not valid any more spoils the whole question: ask without those.
      if (!isCloudError(error, 'invalid') || error.api === 'sts') throw error;
      const testable = await tools.testable();
      return test(permissions.filter(({ name }) => testable.has(name)));
    });
  } catch (error) {
    // A pool, provider or condition that is not known everywhere yet is refused in several terms.
    if (isCloudError(error, 'invalid', 'unauthenticated', 'invalid-grant') && error.api === 'sts')
      return { kind: 'not-yet', said: error.message, error };
    if (isCloudError(error, 'invalid-grant', 'unauthenticated'))
      return { kind: 'refused', said: error.message, clock: clockWords(error), error };
    if (isCloudError(error, 'denied', 'service-disabled', 'not-found'))
      return { kind: 'not-yet', said: error.message, error };
    throw error;
  }
}

/** The resource that a permission is asked for on, as the profile names it. @throws ProblemError, CloudError */
export function askedSpot(
  on: string,
  tools: Pick<Tools, 'cloud' | 'project'>,
  wanted: Pick<WantedProof, 'project' | 'email'>,
): Promise<Spot> {
  return spotOf(wellFormed(on), tools, wanted);
}

/** The permissions by what they are asked for on. What an organisation grants is held on the project as well. */
function askedPlaces(goal: Goal): Map<string, WantedPermission[]> {
  const { permissions } = goal.profile;
  if (permissions.length === 0) return new Map([['project', []]]);
  return Map.groupBy(permissions, (permission) => {
    const on = here(askedOn(permission, goal.profile), goal);
    return on === 'organization' ? 'project' : on;
  });
}
