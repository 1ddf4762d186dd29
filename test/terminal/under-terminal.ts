import { spawn, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { constants } from 'node:os';

/**
 * Run in a pseudo-terminal, in a shell's place: `under-terminal.ts <report> <command> …`. Starts the command there and
 * outlives it, so that what it left of the terminal can be looked at while the terminal still exists. The report is a
 * line of JSON for the start (`pid`, `tty`), and one for the end (`code`, `signal`, `stty`).
 */
const [report = '', command = '', ...args] = process.argv.slice(2);
const say = (what: object): void => writeFileSync(report, `${JSON.stringify(what)}\n`, { flag: 'a' });
const shown = (program: string, ...flags: string[]): string =>
  spawnSync(program, flags, { stdio: ['inherit', 'pipe', 'ignore'], encoding: 'utf8' }).stdout.trim();

const tty = shown('tty');
const child = spawn(command, args, { stdio: 'inherit' });
say({ pid: child.pid, tty });

// Ctrl-C in a terminal that is not raw is for everybody in it, and the one who watches stays; a terminal that went away
// is told to its first process only, which tells the others.
process.on('SIGINT', () => undefined);
let told = false;
process.on('SIGHUP', () => {
  if (!told) child.kill('SIGHUP');
  told = true;
});
child.on('exit', (code, signal) => {
  say({ code, signal, stty: shown('stty', '-a') });
  process.exitCode = code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
});
