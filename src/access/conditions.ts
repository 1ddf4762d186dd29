import type { Condition } from '../google/policy.ts';
import { reach } from '../steps/grant-others.ts';
import type { GraphCondition } from './graph.ts';

/** A time before which it holds, anywhere in it: what ends it for good, whatever else it asks. */
const end = /request\.time\s*<=?\s*timestamp\(\s*["'](?<time>[^"']+)["']\s*\)/u;

/** A condition, and what it means at this time. An end that is one of several alternatives (`||`) is not taken for its end. */
export function conditionSeen(condition: Condition, now: Date): GraphCondition {
  const { expression, title = '', description } = condition;
  const text = expression.includes('||') ? undefined : end.exec(expression)?.groups?.['time'];
  const time = new Date(text ?? '');
  const ends = !Number.isNaN(time.getTime());
  return {
    title,
    expression,
    ...(description !== undefined && { description }),
    reach: reach(condition, now),
    ...(ends && { until: time.toISOString() }),
    over: ends && time <= now,
  };
}
