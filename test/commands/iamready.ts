import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { expect } from 'vitest';
import { Event } from '../../src/faces/json/events.ts';

/** The program as a person has it; `npm test` builds it before. */
export const bin = fileURLToPath(new URL('../../bin/iamready.js', import.meta.url));

const compiled = fileURLToPath(new URL('../../node_modules/.cache/iamready', import.meta.url));

type Result = Extract<Event, { type: 'result' }>;
type Env = Record<string, string | undefined>;

/** How one run of the program ended, and all that it printed. */
export interface Ran {
  exitCode: number | undefined;
  stdout: string;
  stderr: string;
}

/** A folder of its own, with a home in it, from which the program is run. It knows nothing of this machine's logins. */
export async function openHome() {
  const folder = await mkdtemp(join(tmpdir(), 'iamready-run-'));
  const home: Env = {
    PATH: process.env['PATH'],
    HOME: folder,
    LC_ALL: 'C.UTF-8',
    // One for all runs, and outside: what it keeps is made of the program alone.
    NODE_COMPILE_CACHE: compiled,
    // No machine of Google's: else it is asked for, which takes seconds.
    METADATA_SERVER_DETECTION: 'none',
  };
  const options = (env: Env) =>
    ({
      cwd: folder,
      env: { ...home, ...env },
      extendEnv: false,
      reject: false,
      stdin: 'ignore',
      stripFinalNewline: false,
      timeout: 45_000,
    }) as const;
  const start = (args: readonly string[], env: Env = {}) =>
    execa(process.execPath, [bin, ...args], options(env));
  return {
    folder,
    path: (...names: string[]) => join(folder, ...names),
    async write(name: string, content: string | Uint8Array): Promise<string> {
      await writeFile(join(folder, name), content, { mode: 0o600 });
      return join(folder, name);
    },
    start,
    /** Runs a line of shell in which `"$@"` is the program with these arguments. */
    async shell(line: string, args: readonly string[]): Promise<Ran> {
      const { exitCode, stdout, stderr } = await execa(
        'sh',
        ['-c', line, 'sh', process.execPath, bin, ...args],
        options({}),
      );
      return { exitCode, stdout, stderr };
    },
    /** Runs the program to its end. */
    async run(args: readonly string[], env?: Env): Promise<Ran> {
      const { exitCode, stdout, stderr } = await start(args, env);
      return { exitCode, stdout, stderr };
    },
    /** Every file below, by its path from here. */
    async files(): Promise<string[]> {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true });
      return entries
        .filter((entry) => !entry.isDirectory())
        .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
        .sort();
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

export type Home = Awaited<ReturnType<typeof openHome>>;

/** Flags of a run; `true` is a flag without a value, and `undefined` takes one away. */
export type Flags = Record<string, string | true | undefined>;

/** A command and its flags as arguments. */
export function argsOf(command: string, flags: Flags): string[] {
  const words = Object.entries(flags).flatMap(([name, value]) => {
    if (value === undefined) return [];
    return [value === true ? `--${name}` : `--${name}=${value}`];
  });
  return [command, ...words];
}

/** Reads what `--json` printed: every line against the schema, the last and no other being the result. */
export function eventsOf({ stdout, exitCode }: Ran): { events: Event[]; result: Result } {
  expect(stdout.endsWith('\n'), stdout).toBe(true);
  const events = stdout
    .trimEnd()
    .split('\n')
    .map((line) => Event.parse(JSON.parse(line)));
  const results = events.filter((event) => event.type === 'result');
  const [result] = results;
  if (result === undefined) throw new Error(`there is no result: ${stdout}`);
  expect(results).toEqual([events.at(-1)]);
  expect(result.exitCode).toBe(exitCode);
  return { events, result };
}

/** Nothing that a terminal would obey is in what was printed. */
export function expectPlain({ stdout, stderr }: Ran): void {
  // eslint-disable-next-line no-control-regex -- these are exactly what is looked for
  expect(stdout + stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/);
}
