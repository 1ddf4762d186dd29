import { basename, join, sep } from 'node:path';
import type { Handover } from '../handoff/export/handover.ts';
import { goalFor } from '../steps/goal-for.ts';
import type { ExitName } from '../wizard/exit-codes.ts';
import { readJournal } from '../wizard/journal.ts';
import { againCommand } from './again-command.ts';
import { answersFrom, projectAnswer } from './answers.ts';
import { customEndpoint } from './endpoint-flag.ts';
import { writers, type ExportFormat } from './export/format.ts';
import { handoverOf } from './export/handover-of.ts';
import { journalFile, keysFolder, projectPath, stateFolder } from './folders.ts';
import { profileAnswer } from './profile-answer.ts';
import type { RunFlags } from './run-flags.ts';
import { written } from './written.ts';

/** `iamready export`: writes down what is to be in the cloud, for another tool. Changes nothing, and holds no secret. */
export async function exportAs(
  format: ExportFormat,
  flags: RunFlags,
  _signal: AbortSignal,
  out: NodeJS.WritableStream = process.stdout,
): Promise<ExitName> {
  const handover = await handoverFor(flags);
  const write = await writers[format]();
  await written(out, write(handover));
  return 'done';
}

async function handoverFor(flags: RunFlags): Promise<Handover> {
  const endpoint = customEndpoint(flags);
  const project = projectAnswer(flags);
  const profile = await (await profileAnswer(flags))();
  const state = flags.stateDir ?? stateFolder(process.env);
  const journal = await readJournal(journalFile(state, project, profile.name, endpoint));
  const answers = answersFrom(flags, profile, endpoint, journal.answers);
  const goal = goalFor(profile, answers);
  const check = againCommand('check', flags, {
    ...{ profile: profile.name, project, endpoint },
    remembered: journal.answers,
  });
  const belowKeys = belowKeysFolder(answers.keyFile.value, project, endpoint);
  return handoverOf(goal, { endpoint, check, belowKeys });
}

/** The key file from the folder of keys on; undefined where it was put elsewhere. */
function belowKeysFolder(file: string, project: string, endpoint: string | undefined): string | undefined {
  const below = join(projectPath(project, endpoint), basename(file));
  return file === join(keysFolder(process.env), below) ? below.split(sep).join('/') : undefined;
}
