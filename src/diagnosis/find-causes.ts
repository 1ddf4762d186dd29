import type { Spot } from '../steps/spot.ts';
import { accountCauses } from './account-causes.ts';
import { allowCauses } from './allow-causes.ts';
import { findBlocks } from './blocks.ts';
import type { Cause, Findings, Unread } from './cause.ts';
import { clockCauses } from './clock-causes.ts';
import { standingOf } from './faults.ts';
import { grantsOn } from './grants.ts';
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
  const names = [...lacking, ...invalid].map(({ name }) => name);
  const aside = new Set(invalid.map(({ name }) => name));
  const tested = lacking.filter(({ name }) => !aside.has(name));
  const [account, services, blocks, levels, ...spots] = await Promise.all([
    accountCauses(subject, look),
    serviceCauses(subject, look),
    findBlocks({ ...subject, lacking: tested }),
    levelCauses(subject),
    ...bySpot(tested, project).map(({ spot, group }) => onOneSpot(group, spot, subject, look)),
  ]);
  const causes = ranked(
    [
      ...clockCauses(subject, look),
      ...account.causes,
      ...services.causes,
      ...blocks.causes,
      ...levels,
      ...spots.flatMap((each) => each.causes),
    ],
    subject.refusal === undefined,
  );
  // That a change is on its way can be told only where nothing else can stand in the way.
  const blocked = new Set(blocks.causes.flatMap(({ permissions }) => permissions));
  const coming =
    subject.refusal === undefined
      ? spots.flatMap(({ inPlace, grants }) => propagatingCauses(without(inPlace, blocked), grants, look))
      : [];
  if (blocks.unread.length === 0) causes.push(...coming);
  const takesAll = causes.some(({ permissions }) => permissions.length === 0);
  const explained = new Set(causes.flatMap(({ permissions }) => permissions));
  const unexplained = names.filter((name) => !takesAll && !explained.has(name));
  const open = new Set(unexplained);
  const unread = [
    ...account.unread,
    ...services.unread,
    ...(open.size > 0 ? [...blocks.unread, ...coming.map(mayCome)] : []),
    ...spots.flatMap((each) => each.unread),
  ];
  return {
    causes,
    unread: [...new Map(unread.map((each) => [each.what, each])).values()],
    unexplained: [...new Set(unexplained)],
  };
}

/** It may be no more than that, where what else could be in the way was not read. */
function mayCome({ what, remedy, evidence: [{ said }] }: Cause): Unread {
  return { what: `whether it is on its way: ${what}`, needs: `nothing but time: ${remedy}`, said };
}

function bySpot(lacking: readonly Lacking[], project: string): { spot: Spot; group: readonly Lacking[] }[] {
  const groups = Map.groupBy(lacking, ({ spot }) => resourceOf(spot, project));
  return [...groups.values()].flatMap((group) => (group[0] ? [{ spot: group[0].spot, group }] : []));
}

/** What the allow policies say of all that is lacking on one resource. */
async function onOneSpot(group: readonly Lacking[], spot: Spot, subject: Subject, look: Looking) {
  const grants = await grantsOn(spot, subject, look);
  const standings = group.map(({ name }) => ({ permission: name, ...standingOf(name, grants, subject) }));
  return {
    grants,
    inPlace: new Map(standings.map(({ permission, inPlace }) => [permission, inPlace])),
    causes: await allowCauses(standings, grants, subject),
    unread: standings.filter(({ faults }) => faults.length === 0).flatMap((each) => each.unread),
  };
}

function without<T>(all: ReadonlyMap<string, T>, names: ReadonlySet<string>): Map<string, T> {
  return new Map([...all].filter(([name]) => !names.has(name)));
}
