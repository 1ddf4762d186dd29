import type { Call } from '../call.ts';
import type { Condition } from '../world.ts';
import type { State } from './states.ts';
import type { Subject } from './subject.ts';

/**
 * Whether a condition is true. One that asks for the time is open unless the request tells it; the resource and its tags
 * are looked up ([U] that the former is).
 */
export function conditionState(
  { conditions }: Call,
  { resource, time }: Subject,
  condition: Condition | undefined,
): State {
  if (!condition) return 'yes';
  const { expression } = condition;
  if (time === undefined && /\brequest\.time\b/.test(expression)) return 'conditional';
  return conditions.holds(expression, { time: time ?? 0, resource: resource.condition }) ? 'yes' : 'no';
}

/** The condition and what it came to, as explanations show them. */
export const explainedCondition = (condition: Condition | undefined, state: State): object =>
  condition
    ? {
        condition,
        conditionExplanation: state === 'conditional' ? {} : { value: state === 'yes' },
      }
    : {};
