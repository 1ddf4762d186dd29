import type { Command } from '../faces/face.ts';
import { commandLine } from '../steps/shell.ts';

/** Where a plan is, or could be written, and the commands about it. */
export interface PlanPlace {
  file: string;
  /** The command that writes it; absent where it is there. */
  write?: string;
  /** The command that carries it out. */
  apply: string;
}

/** @param again the command that shows the plan; absent where it writes it already @param file absent: a name is taken that tells the project */
export function planPlace(
  again: string | undefined,
  { project, endpoint, file }: { project: string; endpoint: string | undefined; file: string | undefined },
): PlanPlace {
  const named = file ?? `${project.replaceAll(':', '_')}.plan.json`;
  return {
    file: named,
    ...(again !== undefined && { write: `${again} ${commandLine(`--plan-out=${named}`)}` }),
    apply: applyCommand(named, endpoint),
  };
}

/** Whether what a command does can be left to somebody else: what takes away goes by one's own journal. */
export function handsOver(command: Command): boolean {
  return command === 'setup' || command === 'repair' || command === 'apply';
}

/** The command that carries out the plan in a file; an endpoint that is not Google's is never taken from the file. */
export function applyCommand(file: string, endpoint: string | undefined): string {
  return commandLine(
    ...['iamready', 'apply', file],
    ...(endpoint === undefined ? [] : [`--endpoint=${endpoint}`]),
  );
}
