import type * as z from 'zod';
import { nearest } from './nearest.ts';
import type { Place } from './parse-yaml.ts';
import { printable } from './printable.ts';
import type { ProfileProblem } from './profile-error.ts';
import { isRuleId, rules } from './rules.ts';

/** One thing wrong at one place of the file. `says` is what was found, with the name of the field. */
interface Finding extends Place {
  readonly says: string;
  readonly found: string;
  readonly expected: string;
  readonly remedy: string;
}

/**
 * Turns what zod refused into what the person reads: each issue with its line, what stands there, what was
 * expected and the next step; one issue for each place, in the order of the file.
 * @param value - the parsed file that was checked
 * @param place - where a path of `value` stands in the file
 */
export function explain(
  issues: readonly z.core.$ZodIssue[],
  value: unknown,
  place: (path: readonly PropertyKey[]) => Place,
): Finding[] {
  const findings = issues
    .flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => unknownKey(key, issue.path, place))
        : [refused(issue, value, place)],
    )
    .sort((a, b) => a.line - b.line || a.column - b.column);
  return findings.filter((each, at) => at === findings.findIndex((other) => other.says === each.says));
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
  };
}

// Every field of a profile, for "did you mean".
const fields: Readonly<Record<string, readonly string[]>> = {
  '': [
    ...['name', 'title', 'summary', 'link', 'status', 'sources', 'services'],
    ...['role', 'account', 'permissions', 'next', 'env'],
  ],
  status: ['stage', 'note'],
  sources: ['title', 'link'],
  services: ['name', 'why'],
  role: ['id', 'title', 'description', 'stage'],
  account: ['id', 'displayName', 'description'],
  permissions: ['name', 'why', 'source', 'warning'],
  next: ['run', 'why'],
  env: ['privateKey', 'clientEmail', 'projectId'],
};

function unknownKey(
  key: string,
  parent: readonly PropertyKey[],
  place: (path: PropertyKey[]) => Place,
): Finding {
  const known = fields[String(parent[0] ?? '')] ?? [];
  const meant = nearest(key, known);
  const path = [...parent, key];
  return {
    ...place(path),
    says: `${written(path)} is not a field of a profile`,
    found: `"${printable(key)}"`,
    expected: `one of ${known.join(', ')}`,
    remedy: meant === undefined ? 'Remove it.' : `Write "${meant}" if that was meant, or remove it.`,
  };
}

function refused(
  issue: z.core.$ZodIssue,
  root: unknown,
  place: (path: readonly PropertyKey[]) => Place,
): Finding {
  const id = issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? '') : issue.message;
  if (!isRuleId(id))
    throw new Error(`the schema refused ${written(issue.path)} without naming a rule: ${id}`);
  const rule = rules[id];
  const value = issue.code === 'invalid_key' ? issue.path.at(-1) : valueAt(root, issue.path);
  const found = shown(value) + firstPlace(issue, place);
  const quoted = typeof value === 'number' || typeof value === 'boolean';
  return {
    ...place(issue.path),
    says: value === undefined ? `${written(issue.path)} is missing` : `${written(issue.path)} is ${found}`,
    found,
    expected: rule.expected,
    remedy:
      quoted && rule.expected.includes('letters') ? `Put it in quotes: "${String(value)}".` : rule.remedy,
  };
}

/** For something that may stand once only: where it stood first. */
function firstPlace(issue: z.core.$ZodIssue, place: (path: readonly PropertyKey[]) => Place): string {
  const first: unknown = issue.code === 'custom' ? issue.params?.['first'] : undefined;
  return isPath(first) ? ` again, first on line ${place(first).line}` : '';
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

/** `permissions[3].name` */
function written(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'the file';
  const steps = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${printable(String(step))}`));
  return steps.join('').replace(/^\./u, '');
}

function shown(value: unknown): string {
  if (value === undefined || value === null) return 'empty';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'number' || typeof value === 'boolean') return `${String(value)}, which is no text`;
  if (typeof value !== 'string') return 'a map';
  // Somebody may name a key file by mistake; nothing of a key is ever shown.
  if (value.includes('-----BEGIN')) return 'a key or certificate';
  const bytes = Buffer.byteLength(value);
  return `"${printable(value)}"${bytes > 60 ? ` (${bytes} bytes)` : ''}`;
}
