import { open, stat } from 'node:fs/promises';
import * as z from 'zod';
import { toDotPath } from 'zod/v4/core';
import { isPrintable } from '../profile/printable.ts';
import { ProblemError } from '../wizard/problem.ts';
import { writeWhole } from '../wizard/write-whole.ts';

/** The version that this program writes. */
const VERSION = 1;
/** The largest plan that is read, in bytes: the largest profile with all that is said of it. */
const largest = 4_194_304;

/** One line of text, without anything that a terminal would obey. */
const line = z
  .string()
  .max(20_000)
  .refine(isPrintable, { error: 'it holds a character that a terminal would obey instead of showing' });
const name = line.min(1);

const Change = z.strictObject({
  sign: z.enum(['+', '~', '-']),
  what: name,
  name,
  from: line.optional(),
  to: line.optional(),
  why: line,
  source: line,
  gcloud: line.optional(),
  assumed: z.literal(true).optional(),
});

const Answers = z.strictObject({
  roleId: line.optional(),
  roleTitle: line.optional(),
  accountId: line.optional(),
  accountName: line.optional(),
  without: line.optional(),
  removeExtra: z.literal(true).optional(),
  tighten: line.optional(),
  member: line.optional(),
  keyless: z.enum(['impersonation', 'github', 'attached']).optional(),
  impersonator: line.optional(),
  repository: line.optional(),
  pool: line.optional(),
  provider: line.optional(),
  runService: line.optional(),
  deleteKey: line.optional(),
});

const Plan = z.strictObject({
  iamready: z.literal('plan'),
  v: z.literal(VERSION),
  /** The version of the program that wrote it. */
  program: name,
  made: z.strictObject({ by: name, at: z.iso.datetime(), command: z.enum(['setup', 'repair']) }),
  /** Absent where it is Google's own. */
  endpoint: line.optional(),
  project: z.strictObject({ id: name, number: z.string().regex(/^\d*$/) }),
  /** The account that it is about, which the answers name. */
  account: name,
  answers: Answers,
  /** The profile itself, in the form of its file. */
  profile: z.record(z.string(), z.unknown()),
  /** What was seen, by step. */
  found: z.array(z.strictObject({ step: name, tone: z.enum(['note', 'attention']), text: line })),
  steps: z.array(z.strictObject({ step: name, changes: z.array(Change) })),
  /** What whoever made it may not do. */
  missing: z.array(z.strictObject({ permission: name, on: name })),
});

/** A plan as it travels: what was seen, what is to change, and for what; never a secret, and no path of a machine. */
export type PlanFile = z.infer<typeof Plan>;
export type PlannedChange = z.infer<typeof Change>;

/** A plan of this program's form, of what its fields hold. */
export function planFile(fields: Omit<PlanFile, 'iamready' | 'v'>): PlanFile {
  return { iamready: 'plan', v: VERSION, ...fields };
}

/**
 * Writes a plan whole or not at all.
 * @throws ProblemError where something else stands there, or the file cannot be written
 */
export async function writePlan(file: string, plan: PlanFile): Promise<void> {
  const standing = await stat(file).catch(() => undefined);
  if (standing !== undefined && !(standing.isFile() && (await isPlan(file))))
    throw wrong(`${file} is there already, and is no plan of iamready`, 'name another file: --plan-out=FILE');
  try {
    await writeWhole(file, `${JSON.stringify(plan, null, 2)}\n`);
  } catch (error) {
    throw new ProblemError(
      {
        mover: 'person',
        what: `the plan ${file} cannot be written (${codeOf(error)})`,
        next: 'name a file in a folder that you may write to: --plan-out=FILE',
        exit: 'blocked',
      },
      { cause: error },
    );
  }
}

/** Reads a plan and checks all of its form. @throws ProblemError naming the place in it, and a remedy */
export async function readPlan(file: string): Promise<PlanFile> {
  const json = asJson(await textOf(file), file);
  const marked = z.looseObject({ iamready: z.literal('plan'), v: z.unknown() }).safeParse(json);
  if (!marked.success)
    throw wrong(
      `${file} is no plan of iamready`,
      'name a file that iamready setup --plan-out=FILE has written',
    );
  const { v } = marked.data;
  if (typeof v === 'number' && v > VERSION)
    throw wrong(
      `${file} was written by a newer version of iamready (format ${v}; this one knows ${VERSION})`,
      'install the newer version: npm install --global iamready@latest',
    );
  const read = Plan.safeParse(json);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const place = issue === undefined || issue.path.length === 0 ? '' : `${toDotPath(issue.path)}: `;
  throw wrong(`${file} is damaged, or was changed by hand: ${place}${issue?.message ?? ''}`, writeAnew);
}

/** The remedy for a plan that is not as it was written. */
export const writeAnew = 'have the plan written anew: iamready setup --plan-out=FILE';

async function textOf(file: string): Promise<string> {
  let bytes: Buffer;
  try {
    const found = await stat(file);
    // Asked before opening: opening a pipe would wait for a writer for ever.
    if (!found.isFile()) throw wrong(`${file} is no regular file`, 'name the file of a plan');
    if (found.size > largest)
      throw wrong(`${file} is larger than any plan (4 MB)`, 'name the file of a plan');
    const handle = await open(file);
    try {
      bytes = await handle.readFile();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    const code = codeOf(error);
    throw wrong(
      code === 'ENOENT' ? `${file} is not there` : `${file} cannot be read (${code})`,
      'check the path; it is read from the folder you are in',
    );
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw wrong(`${file} is damaged: it is not UTF-8 text`, writeAnew);
  }
}

async function isPlan(file: string): Promise<boolean> {
  return readPlan(file).then(
    () => true,
    () => false,
  );
}

function asJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error && text.trim() !== '' ? 'it is not JSON' : 'it is empty';
    throw wrong(`${file} is damaged: ${why} (${text.length} characters)`, writeAnew);
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}

function wrong(what: string, next: string): ProblemError {
  return new ProblemError({ mover: 'person', what, next, exit: 'usage' });
}
