import type { PlanFile, PlannedChange } from '../handoff/plan-file.ts';
import type { Goal } from '../steps/goal.ts';
import { nodeOf, type Session } from '../wizard/session.ts';
import { printable } from '../print/printable.ts';
import { portable } from './plan-of.ts';
import { changesIn } from './lacking.ts';

/**
 * In what the world differs now from what a plan expected, a line each; nothing where all that would be done is in the plan.
 * What is done already is no difference.
 */
export function differencesFrom(plan: PlanFile, session: Session, goal: Goal): string[] {
  return session.order.flatMap((step) => {
    const planned = plan.steps.find((each) => each.step === step)?.changes ?? [];
    const now = portable(step, changesIn(session, step), goal);
    return [
      ...now.flatMap((change) => differenceOf(change, planned)),
      ...attentionSince(plan, session, step),
    ];
  });
}

/** How much of a plan is done by now: the lines of it that nothing is left to do for. */
export function doneOf(plan: PlanFile, session: Session, goal: Goal): PlannedChange[] {
  return plan.steps.flatMap(({ step, changes }) => {
    if (!session.order.includes(step)) return [];
    const now = portable(step, changesIn(session, step), goal);
    return changes.filter((change) => !now.some((each) => isSame(each, change)));
  });
}

function isSame(one: PlannedChange, other: PlannedChange): boolean {
  return one.sign === other.sign && one.what === other.what && one.name === other.name && one.to === other.to;
}

function differenceOf(now: PlannedChange, planned: readonly PlannedChange[]): string[] {
  const alike = planned.filter((each) => isSame(each, now));
  // What is absent is so for whatever reason; and what nobody could see may be found in any way.
  if (
    alike.some(
      (each) => each.sign === '+' || each.assumed === true || now.assumed === true || each.from === now.from,
    )
  )
    return [];
  const before = alike[0] ?? planned.find(({ what, name }) => what === now.what && name === now.name);
  const { what, name } = now;
  return [
    `${what} ${name}: ${before === undefined ? 'the plan changes nothing there' : `the plan found it ${foundIn(before)}`}; now it is ${foundIn(now)}, and would be ${toOf(now)}`,
  ];
}

function foundIn({ sign, from }: PlannedChange): string {
  return sign === '+' ? 'absent' : `"${from ?? 'there'}"`;
}

function toOf({ sign, to }: PlannedChange): string {
  return to === undefined ? (sign === '-' ? 'removed' : 'changed') : `"${to}"`;
}

/** A role or a policy that holds more by now than whoever made the plan has seen, is another one. */
function attentionSince({ found, steps }: PlanFile, session: Session, step: string): string[] {
  const node = nodeOf(session, step);
  if (!('facts' in node) || !(step === 'role' || step.startsWith('grant'))) return [];
  const known = new Set(found.filter((fact) => fact.step === step).map(({ text }) => text));
  // Where nothing could be seen, nothing is new.
  const isAssumed = steps.some((each) => each.step === step && each.changes.some(({ assumed }) => assumed));
  return node.facts
    .filter(({ tone, flag }) =>
      step === 'role' ? flag === '--remove-extra' : tone === 'attention' && !isAssumed,
    )
    .filter(({ text }) => !known.has(printable(text)))
    .map(({ text }) => `new since the plan: ${printable(text)}`);
}
