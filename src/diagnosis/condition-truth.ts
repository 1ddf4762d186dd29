import { Environment } from '@marcbachmann/cel-js';
import { NO, YES, type Match } from './match.ts';

/** What a condition may ask of a resource's tags (IAM docs, conditions, resource tags). */
const TAG_CALL =
  /\bresource\.(?:matchTag|matchTagId|hasTagKey|hasTagKeyId)\((?:\s|,|'[^'\\]*'|"[^"\\]*")*\)/gu;
/** A condition has at most 10 parts (IAM v3, `PolicyBinding`); so many tags are tried both ways. */
const MOST_TAGS = 6;

/**
 * Whether a condition holds, by what is known here. A resource's tags are not: each question about them is answered both
 * ways, and where all combinations come to the same, that is it.
 * @param facts such as `{ principal: { type, subject } }`
 */
export function truthOf(expression: string, facts: Readonly<Record<string, object>>): Match {
  const tags = [...new Set(expression.match(TAG_CALL))];
  const outcomes = new Set<unknown>();
  const ways = tags.length > MOST_TAGS ? 0 : 2 ** tags.length;
  for (let way = 0; way < ways; way++)
    outcomes.add(
      valueOf(
        expression.replaceAll(TAG_CALL, (call) => String(((way >> tags.indexOf(call)) & 1) === 1)),
        facts,
      ),
    );
  const [only] = outcomes;
  if (outcomes.size === 1 && typeof only === 'boolean') return only ? YES : NO;
  return { is: 'maybe', why: `whether "${expression}" holds cannot be told from here` };
}

function valueOf(expression: string, facts: Readonly<Record<string, object>>): unknown {
  try {
    return new Environment({ unlistedVariablesAreDyn: true }).evaluate(expression, facts);
  } catch {
    return undefined;
  }
}
