import { accountCauses } from './account-causes.ts';
import { allowCauses } from './allow-causes.ts';
import type { Cause, Findings } from './cause.ts';
import { clockCauses } from './clock-causes.ts';
import { standingOf } from './faults.ts';
import { grantsOn, type Held } from './grants.ts';
import { levelCauses } from './level-causes.ts';
import { looking, resourceOf, type Looking } from './looking.ts';
import { propagatingCauses } from './propagating.ts';
import { ranked } from './rank.ts';
import { serviceCauses } from './service-causes.ts';
import type { Lacking, Subject } from './subject.ts';

/**
 * Finds out why an account lacks what it lacks: reads what bears on it, side by side and each thing once, and proves each
 * cause by an answer of Google's. What could not be read is told, and never guessed.
 * @throws CloudError where it was cancelled
 */
export async function findCauses(subject: Subject): Promise<Findings> {
  const look = looking(subject);
  const { lacking, project, invalid } = subject;
  const asked = [...lacking, ...invalid].map(({ name }) => name);
  const [account, services, ...spots] = await Promise.all([
    accountCauses(subject, look),
    serviceCauses(subject, asked, look),
    ...[...Map.groupBy(lacking, ({ spot }) => resourceOf(spot, project)).values()].map((group) =>
      onOneSpot(group, subject, look),
    ),
  ]);
  const causes = ranked([
    ...clockCauses(subject, look),
    ...account.causes,
    ...services.causes,
    ...levelCauses(subject),
    ...spots.flatMap((each) => each.causes),
  ]);
  const takesAll = causes.some(({ permissions }) => permissions.length === 0);
  const explained = new Set(causes.flatMap(({ permissions }) => permissions));
  const unexplained = asked.filter((name) => !takesAll && !explained.has(name));
  const unread = [...account.unread, ...services.unread, ...spots.flatMap((each) => each.unread)];
  return {
    causes,
    unread: [...new Map(unread.map((each) => [each.what, each])).values()],
    unexplained: [...new Set(unexplained)],
  };
}

async function onOneSpot(group: readonly Lacking[], subject: Subject, look: Looking) {
  const [first] = group;
  if (first === undefined) return { causes: [], unread: [] };
  const grants = await grantsOn(first.spot, subject, look);
  const standings = group.map(({ name }) => ({ permission: name, ...standingOf(name, grants, subject) }));
  const inPlace = new Map<string, readonly Held[]>(
    standings.flatMap(({ permission, inPlace: held }) => (held.length > 0 ? [[permission, held]] : [])),
  );
  const causes: Cause[] = allowCauses(standings, grants, subject);
  // Whoever cannot sign in was asked nothing, so what is in place may well have taken effect.
  if (subject.refusal === undefined) causes.push(...propagatingCauses(inPlace, grants, look));
  return {
    causes,
    unread: standings.filter(({ faults }) => faults.length === 0).flatMap((each) => each.unread),
  };
}
