import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { printable } from '../../print/printable.ts';
import { listProfiles } from '../../profile/load.ts';
import { readJournal, type MadeEntry } from '../../wizard/journal.ts';
import { ProblemError } from '../../wizard/problem.ts';
import type { Option } from '../../wizard/question.ts';
import type { Resuming } from '../errand.ts';
import { projectPath } from '../folders.ts';
import type { RunFlags } from '../run-flags.ts';
import { ago, progressOf, stepIds, type Progress } from './earlier-progress.ts';
import type { Ending, Talk } from './talk.ts';

/** One project and profile that an earlier run began with. */
export interface Earlier {
  project: string;
  profile: string;
  /** As the journal remembers them. */
  answers: Readonly<Record<string, string>>;
  /** Steps that an earlier run has acted on. */
  receipts: readonly string[];
  /** Steps that were about to act and never reported back. */
  intents: readonly string[];
  /** What its runs made, as far as the journal tells. */
  made: readonly MadeEntry[];
  lastWritten: Date;
  /** What to tell of its journal, where that cannot be read. */
  notice?: string;
  /** Why it cannot be taken up, and what would help. */
  unavailable?: string;
}

const another: Option = {
  id: 'another',
  label: 'start another',
  detail: 'Another project, or another profile.',
  pinned: true,
};

/**
 * What earlier runs have left for the cloud at the other end, the latest first: every `<state>/[<host>/]<project>/<profile>.json`
 * that is not empty. Never throws for what stands there.
 */
export async function earlierRuns(stateDir: string, endpoint: string | undefined): Promise<Earlier[]> {
  const folder = join(resolve(stateDir), dirname(projectPath('project', endpoint)));
  const projects = await namesIn(folder, 'folders');
  const files = await Promise.all(
    projects.map(async (project) => {
      const names = await namesIn(join(folder, project), 'files');
      return names.filter((name) => name.endsWith('.json')).map((name) => ({ project, name }));
    }),
  );
  const read = files.flat().map(({ project, name }) => readRun(join(folder, project, name), project, name));
  const runs = (await Promise.all(read)).filter((run) => run !== undefined);
  return runs.toSorted((a, b) => b.lastWritten.getTime() - a.lastWritten.getTime());
}

async function readRun(file: string, folder: string, name: string): Promise<Earlier | undefined> {
  const profile = name.slice(0, -'.json'.length);
  const lastWritten = await stat(file).then(
    ({ mtime }) => mtime,
    () => new Date(0),
  );
  const nothing = { answers: {}, receipts: [], intents: [], made: [] };
  const unread = { project: folder, profile, ...nothing, lastWritten };
  try {
    const journal = await readJournal(file);
    const { answers, notice, made } = journal;
    if (notice !== undefined) return { ...unread, notice };
    const receipts = stepIds.filter((step) => journal.receipt(step) !== undefined);
    const intents = stepIds.filter((step) => journal.intent(step) !== undefined);
    if (receipts.length + intents.length + Object.keys(answers).length === 0) return undefined;
    const own = answers['profileFile'];
    const gone = own !== undefined && !existsSync(own);
    const unavailable =
      gone && `its profile ${own} is not there any more; put it back, or name where it is with --profile`;
    const project = answers['project'] ?? folder;
    return { ...unread, project, answers, receipts, intents, made, ...(unavailable && { unavailable }) };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const { what, why, next } = error.problem;
    return { ...unread, unavailable: `${what}: ${why ?? ''}; ${next}` };
  }
}

/** True if flags name this run, as far as they name any. */
export function fits(run: Earlier, { project, profile }: Pick<RunFlags, 'project' | 'profile'>): boolean {
  const named =
    profile === undefined || profile === run.profile || resolve(profile) === run.answers['profileFile'];
  return named && (project === undefined || project === run.project);
}

/**
 * Asks whether to go on with one of these, or to start another. Runs of a profile that is not built in cannot be taken up by
 * its name alone: the option says with which flag.
 * @param resumes how an errand asks that cannot begin anew
 * @throws LeftError where the person leaves
 */
export async function askEarlier(
  talk: Talk,
  runs: readonly Earlier[],
  now = new Date(),
  resumes?: Resuming,
): Promise<Ending<{ kind: 'again'; run: Earlier } | { kind: 'new' }>> {
  const builtIn = new Set((await listProfiles()).map(({ name }) => name));
  const known = runs.map((run) => ({ id: `${run.project}/${run.profile}`, run }));
  const answer = await talk.ask({
    kind: 'choice',
    id: 'earlier',
    at: 'sign-in',
    title: resumes?.title ?? 'You have been here before: which one is it?',
    why:
      resumes?.why ??
      'The cloud is looked at afresh in any case. What is there already is kept, and nothing is changed before you have seen the plan.',
    flag: '--project',
    canGoBack: false,
    noun: 'run',
    filter: known.length > 8,
    loading: false,
    options: [
      ...known.map(({ id, run }) => optionOf(id, run, builtIn, now, resumes)),
      ...(resumes === undefined ? [another] : []),
    ],
  });
  if (answer.kind === 'back') return { kind: 'back' };
  if (answer.kind !== 'chosen') throw new Error(`a choice was answered with ${answer.kind}`);
  const chosen = known.find(({ id }) => id === answer.id);
  if (chosen === undefined) return { kind: 'done', value: { kind: 'new' } };
  return { kind: 'done', value: { kind: 'again', run: chosen.run } };
}

function optionOf(
  id: string,
  run: Earlier,
  builtIn: ReadonlySet<string>,
  now: Date,
  resumes: Resuming | undefined,
): Option {
  const progress = progressOf(run);
  const unavailable =
    run.unavailable ??
    (builtIn.has(run.profile) || run.answers['profileFile'] !== undefined
      ? undefined
      : `its profile is not built in; run iamready${resumes ? ` ${resumes.label}` : ''} --profile=FILE --project=${run.project}`) ??
    resumes?.unavailable?.(run);
  return {
    id,
    label: resumes?.label ?? (progress.finished ? 'check and repair' : 'continue'),
    columns: [
      printable(run.project),
      printable(run.profile),
      run.unavailable === undefined && run.notice === undefined ? far(progress) : 'not readable',
      ago(run.lastWritten, now),
    ],
    detail: detailOf(run, progress, resumes),
    ...(unavailable !== undefined && { unavailable: printable(unavailable) }),
  };
}

function far({ finished, reached, of }: Progress): string {
  return finished ? 'finished' : `${reached} of ${of} made`;
}

function detailOf(run: Earlier, { finished, of }: Progress, resumes: Resuming | undefined): string {
  const { intents, notice } = run;
  if (notice !== undefined) return `${notice.charAt(0).toUpperCase()}${notice.slice(1)}.`;
  if (resumes !== undefined) return resumes.detail(run);
  if (finished) return `Looks whether all ${of} are still as they should be, and mends what is not.`;
  if (intents.includes('key'))
    return 'It was interrupted while a key was made: a key that nobody holds is removed first.';
  return 'It was not finished, and goes on from where the cloud is now.';
}

async function namesIn(folder: string, kind: 'folders' | 'files'): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .filter((entry) => (kind === 'folders' ? entry.isDirectory() : entry.isFile()))
      .map(({ name }) => name);
  } catch (error) {
    // Nothing was ever left here, or it may not be looked into: there is nothing to go on with.
    if (error instanceof Error && 'code' in error) return [];
    throw error;
  }
}
