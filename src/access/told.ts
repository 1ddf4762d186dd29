import type { AccessGraph, Grant, GraphCondition, GraphKey, GraphRole, Holder, MadeBy } from './graph.ts';
import { abilityWords } from './words.ts';

/** A day, as people read it: "2026-11-26". */
const day = (time: string): string => time.slice(0, 10);

/** "made by iamready on 2026-11-26 (ada@acme.com)"; empty for what is not ours. */
export function madeWords(made: MadeBy | undefined): string {
  if (made === undefined) return '';
  return `made by iamready on ${day(made.at)}${made.by === undefined ? '' : ` (${made.by})`}`;
}

/** "only under the condition "Until 2035", which works until 2035-01-01". */
export function conditionWords(condition: GraphCondition | undefined): string {
  if (condition === undefined) return '';
  return `only under the condition "${condition.title}", which ${condition.reach}`;
}

/** "gets tokens of it, makes keys of it". */
export function abilitiesWords({ abilities }: Pick<Holder, 'abilities'>): string {
  return abilities.map((each) => abilityWords[each]).join(', ');
}

/** How an account stands: "enabled", "not there". */
export function stateWords({ state }: AccessGraph['account']): string {
  if (state === 'absent') return 'not there';
  return state === 'unknown' ? 'not to be looked at' : state;
}

/** How a key stands: "made 2026-11-26, 3 days old, does not expire, last used 2026-11-25". */
export function keyWords({
  created,
  ageDays,
  expires,
  expired,
  disabled,
  uploaded,
  lastUsed,
}: GraphKey): string {
  return [
    `${uploaded ? 'uploaded' : 'made'} ${day(created)} (${ageWords(ageDays)})`,
    expires === undefined ? 'does not expire' : `${expired ? 'expired' : 'expires'} ${day(expires)}`,
    ...(disabled ? ['disabled'] : []),
    lastUsed === undefined
      ? 'last use not known'
      : lastUsed === null
        ? 'not used in the time that Google keeps'
        : `last used ${lastUsed}`,
  ].join(', ');
}

/** "today", "3 days old". */
export function ageWords(days: number): string {
  return days === 0 ? 'today' : `${days} ${days === 1 ? 'day' : 'days'} old`;
}

/** "15 permissions, all asked for by the profile". */
export function countWords({ permissions, basic }: GraphRole, graph: AccessGraph): string {
  if (permissions === undefined) return 'its permissions may not be read';
  const count = `${permissions.length} ${permissions.length === 1 ? 'permission' : 'permissions'}`;
  if (basic) return `${count}: a basic role`;
  const asked = permissions.filter((name) => graph.permissions[name]?.asked).length;
  if (asked === permissions.length) return asked === 0 ? count : `${count}, all asked for by the profile`;
  return `${count}, ${asked === 0 ? 'none' : asked} asked for by the profile`;
}

/** Who has a grant, where that is not the account alone. */
export function memberWords({ member }: Pick<Grant, 'member'>): string {
  if (member === 'allUsers') return 'everybody on the internet has it, and so has the account';
  if (member === 'allAuthenticatedUsers')
    return 'everybody with a Google account has it, and so has the account';
  if (member.startsWith('principalSet:')) return 'every service account there has it, and so has this one';
  return '';
}
