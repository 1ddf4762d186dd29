import { accountStep } from '../../steps/account.ts';
import { grantStep } from '../../steps/grant.ts';
import { keyStep } from '../../steps/key.ts';
import { projectStep } from '../../steps/project.ts';
import { roleStep } from '../../steps/role.ts';
import { servicesStep } from '../../steps/services.ts';
import { validateStep } from '../../steps/validate.ts';

const order: readonly { id: string; needs: readonly string[] }[] = [
  projectStep,
  servicesStep,
  roleStep,
  accountStep,
  grantStep,
  keyStep,
  validateStep,
];

/** The steps whose traces a journal may hold, in order. */
export const stepIds: readonly string[] = order.map(({ id }) => id);

/** How far a run got, as its journal tells. */
export interface Progress {
  /** The last step has acted, and nothing was left half done. */
  finished: boolean;
  /** Steps that were seen to be there, of `of`. */
  reached: number;
  of: number;
}

/**
 * How far a run got. A step that found everything in place leaves no receipt, but no step acts before those that it needs are
 * ready: so a receipt speaks for them, too.
 */
export function progressOf({
  receipts,
  intents,
}: {
  receipts: readonly string[];
  intents: readonly string[];
}): Progress {
  const ready = new Set<string>();
  for (const { id, needs } of order.toReversed())
    if (receipts.includes(id) || ready.has(id)) for (const each of [id, ...needs]) ready.add(each);
    else if (intents.includes(id)) for (const each of needs) ready.add(each);
  const finished = intents.length === 0 && receipts.includes(validateStep.id);
  return { finished, reached: ready.size, of: order.length };
}

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** How long ago, as people say it: "2 hours ago", "just now"; older than a month, the day itself. */
export function ago(then: Date, now: Date): string {
  const ms = now.getTime() - then.getTime();
  const fits = units.find(([, each]) => ms >= each);
  if (fits === undefined) return 'just now';
  const [unit, length] = fits;
  const count = Math.floor(ms / length);
  if (unit === 'day' && count > 30) return then.toISOString().slice(0, 10);
  return `${count} ${unit}${count === 1 ? '' : 's'} ago`;
}
