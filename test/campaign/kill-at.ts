/**
 * Loaded before the program, it kills it (SIGKILL) at one touch of a file below a folder: just before that, or just after.
 * CAMPAIGN_BELOW names the folder, CAMPAIGN_KILL_AT the touch; CAMPAIGN_TOUCHES a file into which every touch is written.
 */
import fs, { appendFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { basename } from 'node:path';

const { CAMPAIGN_BELOW: below = '', CAMPAIGN_KILL_AT: killAt, CAMPAIGN_TOUCHES: touches } = process.env;
const met = new Map<string, number>();

/** A file's name without the numbers of processes, ports and temporary files. */
const nameOf = (path: string): string =>
  basename(path)
    .replace(/\.part-.*/, '.part')
    .replace(/^127\.0\.0\.1_\d+$/, 'CLOUD');

/** Counts one touch of a file below the folder; gives what is to be called just before it and just after. */
function touch(what: string, path: unknown): (moment: 'before' | 'after') => void {
  if (typeof path !== 'string' || !path.startsWith(below)) return () => undefined;
  const touched = `${what} ${nameOf(path)}`;
  const number = (met.get(touched) ?? 0) + 1;
  met.set(touched, number);
  return (moment) => {
    const here = `${touched} #${number}, ${moment}`;
    if (touches !== undefined) appendFileSync(touches, `${here}\n`);
    if (here === killAt) process.kill(process.pid, 'SIGKILL');
  };
}

/** Puts itself before a function of Node's that touches the file which its argument number `at` names. */
function watch(owner: object, name: string, at: number): void {
  const original: unknown = Reflect.get(owner, name);
  if (typeof original !== 'function') throw new Error(`Node has no ${name}`);
  Reflect.set(owner, name, async (...args: unknown[]): Promise<unknown> => {
    const tell = touch(name, args[at]);
    tell('before');
    const result: unknown = await Reflect.apply(original, owner, args);
    tell('after');
    return result;
  });
}

for (const [name, at] of [
  ['open', 0],
  ['rename', 1],
  ['link', 1],
  ['rm', 0],
  ['mkdir', 0],
  ['chmod', 0],
] as const)
  watch(fs.promises, name, at);
syncBuiltinESMExports();
