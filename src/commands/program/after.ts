import type { Command } from 'commander';
import { exitCodes, type ExitName } from '../../wizard/exit-codes.ts';

/** Runs a command's work and takes its ending. */
export type Start = (work: (signal: AbortSignal) => Promise<ExitName>) => Promise<void>;

const given = new WeakMap<Command, readonly string[]>();

/** The examples that end a command's help. */
export const examplesOf = (command: Command): readonly string[] => given.get(command) ?? [];

/** Ends a command's help with examples and what its exit code means. */
export function after(command: Command, ...examples: string[]): void {
  given.set(command, examples);
  const codes = Object.values(exitCodes).map(({ code, means }) => `${String(code).padEnd(4)}${means}`);
  const block = (title: string, lines: readonly string[]): string =>
    `\n${title}:\n${lines.map((line) => `  ${line}`).join('\n')}`;
  command.addHelpText('after', block('Examples', examples) + '\n' + block('Exit codes', codes));
}
