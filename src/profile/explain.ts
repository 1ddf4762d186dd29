import type * as z from 'zod';
import { describe, describePath, isNumberOrBoolean } from './describe.ts';
import { nearest } from './nearest.ts';
import { nearestValid } from './nearest-valid.ts';
import { printable } from './printable.ts';
import type { ProfileMistake, ProfileProblem } from './profile-error.ts';
import { fieldsOf, isRuleId, rules } from './rules.ts';
import type { PlaceOf } from './yaml-refusals.ts';

/** One thing wrong at one place of the file. `says` is what was found, with the name of the field. */
export type Finding = ProfileMistake;

/**
 * Turns what zod refused into what the person reads: each issue with its line, what stands there, what was
 * expected and the next step; each only once, in the order of the file.
 * @param root - the parsed file that was checked
 * @param place - where a path of `root` stands in the file
 */
export function explain(issues: readonly z.core.$ZodIssue[], root: unknown, place: PlaceOf): Finding[] {
  const misspelt = misspeltFields(issues);
  const findings = issues
    .filter((issue) => !misspelt.has(describePath(issue.path)) || valueAt(root, issue.path) !== undefined)
    .flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => unknownField(key, issue.path, place))
        : [refused(issue, root, place)],
    )
    .sort((a, b) => a.line - b.line || a.column - b.column);
  return [...new Map(findings.map((each) => [each.says, each])).values()];
}

/** The problem of a whole file: its first finding, and how many more there are. */
export function firstOf(findings: readonly Finding[], file: string): ProfileProblem {
  const [first, ...rest] = findings;
  if (!first) throw new Error('a refused profile has at least one finding');
  const more = rest.length === 0 ? '' : `; ${rest.length} more ${rest.length === 1 ? 'problem' : 'problems'}`;
  return {
    kind: 'invalid',
    message: `${file}:${first.line}:${first.column}: ${first.says}, expected ${first.expected}${more}`,
    file,
    line: first.line,
    column: first.column,
    found: first.found,
    expected: first.expected,
    remedy: first.remedy,
    others: rest.length,
    mistakes: findings,
  };
}

/** Fields that are missing only because they were written as something near; one finding says it better. */
function misspeltFields(issues: readonly z.core.$ZodIssue[]): Set<string> {
  const unknown = issues.filter((issue) => issue.code === 'unrecognized_keys');
  const meant = unknown.flatMap(({ keys, path }) =>
    keys.map((key) => [...path, nearest(key, fieldsOf(path)) ?? key]),
  );
  return new Set(meant.map(describePath));
}

function unknownField(key: string, parent: readonly PropertyKey[], place: PlaceOf): Finding {
  const known = fieldsOf(parent);
  const meant = nearest(key, known);
  const path = [...parent, key];
  return {
    ...place(path, 'field'),
    says: `${describePath(path)} is not a field of a profile`,
    field: describePath(path),
    found: `"${printable(key)}"`,
    nearest: meant,
    expected: `one of ${known.join(', ')}`,
    remedy: meant === undefined ? 'Remove it.' : `Write "${meant}" if that was meant, or remove it.`,
  };
}

function refused(issue: z.core.$ZodIssue, root: unknown, place: PlaceOf): Finding {
  const badKey = issue.code === 'invalid_key';
  const id = badKey ? (issue.issues[0]?.message ?? '') : issue.message;
  if (!isRuleId(id))
    throw new Error(`the schema refused ${describePath(issue.path)} without naming a rule: ${id}`);
  const { remedy } = rules[id];
  const expected = rules[id].expected + reason(issue);
  const value = badKey ? issue.path.at(-1) : valueAt(root, issue.path);
  const unquoted = issue.code === 'invalid_type' && issue.expected === 'string' && isNumberOrBoolean(value);
  const found = describe(value) + (unquoted ? ', which is no text' : '') + firstPlace(issue, place);
  return {
    ...place(issue.path, badKey ? 'field' : 'value'),
    says: `${describePath(issue.path)} is ${value === undefined ? 'missing' : found}`,
    field: describePath(issue.path),
    found: value === undefined ? 'nothing' : found,
    nearest: unquoted ? `"${String(value)}"` : nearestValid(id, value, root),
    expected,
    remedy: unquoted ? `Put it in quotes: "${String(value)}".` : remedy,
  };
}

/** For something that may stand once only: where it stood first. */
function firstPlace(issue: z.core.$ZodIssue, place: PlaceOf): string {
  const first: unknown = issue.code === 'custom' ? issue.params?.['first'] : undefined;
  return isPath(first) ? ` again, first on line ${place(first).line}` : '';
}

/** What is known of this very value, where a rule has several reasons. */
function reason(issue: z.core.$ZodIssue): string {
  const why: unknown = issue.code === 'custom' ? issue.params?.['why'] : undefined;
  return typeof why === 'string' ? `: ${why.replace(/\.$/u, '')}` : '';
}

function isPath(value: unknown): value is (string | number)[] {
  return Array.isArray(value) && value.every((step) => typeof step === 'string' || typeof step === 'number');
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  let value = root;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = Reflect.get(value, step);
  }
  return value;
}
