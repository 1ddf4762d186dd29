import { basename, join, sep } from 'node:path';
import { openCloud, type Cloud } from '../google/cloud.ts';
import { CredentialsError, resolveCredentials } from '../google/credentials.ts';
import { nothingStands } from '../handoff/export/standing.ts';
import { goalFor } from '../steps/goal-for.ts';
import type { ExitName } from '../wizard/exit-codes.ts';
import { readJournal } from '../wizard/journal.ts';
import { ProblemError } from '../wizard/problem.ts';
import { operatorEmail } from './access-answer.ts';
import { againCommand } from './again-command.ts';
import { answersFrom, projectAnswer } from './answers.ts';
import { credentialChoice } from './credential-choice.ts';
import { callLog } from './debug-log.ts';
import { customEndpoint } from './endpoint-flag.ts';
import { githubOf, writers, type ExportFormat } from './export/format.ts';
import { handoverOf } from './export/handover-of.ts';
import { lookUp, type Found } from './export/look-up.ts';
import { writeOut } from './export/out-file.ts';
import { journalFile, keysFolder, projectPath, stateFolder } from './folders.ts';
import { profileAnswer } from './profile-answer.ts';
import type { RunFlags } from './run-flags.ts';
import { toolsFor } from './tools.ts';
import { written } from './written.ts';

/** What `iamready export` takes from the command line, besides the format. */
export type ExportFlags = RunFlags & {
  /** The file that it goes to; stdout, if absent. */
  out?: string;
  /** Replace a file that something else has written. */
  force?: boolean;
};

/** Where it is told. */
export interface Streams {
  out: NodeJS.WritableStream;
  err: NodeJS.WritableStream;
}

/**
 * `iamready export`: writes down what is to be in the cloud, for another tool. Changes nothing, and holds no secret. Works
 * without credentials where nothing has to be looked up; what was not is told on `err`.
 * @throws ProblemError for what is wrong in the flags, or where the format cannot do without what is not known
 */
export async function exportAs(
  format: ExportFormat,
  { out: file, force = false, ...given }: ExportFlags,
  signal: AbortSignal,
  { out, err }: Streams = { out: process.stdout, err: process.stderr },
): Promise<ExitName> {
  const endpoint = customEndpoint(given);
  const project = projectAnswer(given);
  const profile = await (await profileAnswer(given))();
  const writer = await writers[format]();
  // There it says how an env file is written that a key goes into; here how this one is.
  const { envFormat, ...flags } = format === 'env' ? given : { ...given, envFormat: undefined };
  const state = flags.stateDir ?? stateFolder(process.env);
  const journal = await readJournal(journalFile(state, project, profile.name, endpoint));

  const asksWho = (flags.keyless ?? journal.answers['keyless']) === 'impersonation';
  const signIn =
    writer.looks !== undefined || asksWho ? await signedIn(flags, endpoint, signal) : { refused: undefined };
  const email = signIn.cloud && (await operatorEmail(signIn.cloud, flags, journal.answers));
  const answers = answersFrom(flags, profile, endpoint, journal.answers, {}, email);
  const goal = goalFor(profile, answers);
  const check = againCommand('check', format === 'env' ? flags : given, {
    ...{ profile: profile.name, project, endpoint },
    remembered: journal.answers,
  });
  const place = { endpoint, check, belowKeys: belowKeysFolder(answers.keyFile.value, project, endpoint) };
  if (format === 'github-actions') githubOf(handoverOf(goal, place));

  const found: Found =
    writer.looks !== undefined && signIn.cloud !== undefined
      ? await lookUp(goal, toolsFor(signIn.cloud, project, [], []), writer.looks)
      : { known: {}, standing: nothingStands, unseen: [] };
  const handover = handoverOf(goal, place, found.known);
  const unseen = [
    ...(writer.looks !== undefined && signIn.refused !== undefined ? [`the cloud (${signIn.refused})`] : []),
    ...found.unseen,
  ];
  if (writer.lacks?.(handover) === true) throw unknownNumber(format, project, unseen);
  const text = writer.write(handover, found.standing, envFormat);
  if (file === undefined) await written(out, text);
  else await writeOut(file, text, force);
  const notes = [
    ...unseen.map((what) => `Not looked up: ${what}.`),
    ...leftOut(handover.role?.refused ?? []),
    ...(file === undefined ? [] : [`Wrote ${file}.`]),
  ];
  await written(err, notes.map((note) => `${note}\n`).join(''));
  return 'done';
}

/** The cloud as who the flags or this machine say; or why nobody could sign in, where the flags name nobody. */
async function signedIn(
  flags: RunFlags,
  endpoint: string | undefined,
  signal: AbortSignal,
): Promise<{ cloud?: Cloud; refused: string | undefined }> {
  const choice = credentialChoice(flags);
  try {
    const credentials = await resolveCredentials({ ...choice, endpoint });
    return { cloud: openCloud({ endpoint, credentials, signal, log: callLog(flags) }), refused: undefined };
  } catch (error) {
    const isNamed = Object.values(choice).some((value) => value !== undefined);
    if (!(error instanceof CredentialsError) || isNamed) throw error;
    return { refused: error.message };
  }
}

function leftOut(refused: readonly string[]): string[] {
  if (refused.length === 0) return [];
  return [`Left out, since Google does not take it in a custom role there: ${refused.join(', ')}.`];
}

function unknownNumber(format: ExportFormat, project: string, unseen: readonly string[]): ProblemError {
  return new ProblemError({
    mover: 'person',
    what: `${format} names things by numbers of ${project}, and those are not known here`,
    ...(unseen.length > 0 && { why: `not looked up: ${unseen.join('; ')}` }),
    next: 'sign in (gcloud auth login) and run this again; or take export gcloud, which asks for them when it runs',
    exit: 'blocked',
  });
}

/** The key file from the folder of keys on; undefined where it was put elsewhere. */
function belowKeysFolder(file: string, project: string, endpoint: string | undefined): string | undefined {
  const below = join(projectPath(project, endpoint), basename(file));
  return file === join(keysFolder(process.env), below) ? below.split(sep).join('/') : undefined;
}
