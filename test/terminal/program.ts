import { bin } from '../commands/iamready.ts';
import { openTerminal, type Terminal, type TerminalOptions } from './terminal.ts';

/** Starts the real program, as `npm test` built it, in a terminal. */
export function openIamready(args: readonly string[], options?: TerminalOptions): Promise<Terminal> {
  return openTerminal(process.execPath, [bin, ...args], options);
}
