import { join } from 'node:path';
import { execa } from 'execa';
import type { RunFlags } from '../../src/commands/run-flags.ts';
import { Event } from '../../src/faces/json/events.ts';
import type { Run, Stage } from '../flows/stage.ts';
import { Loss } from './trial.ts';

/** The program as a person has it: `npm run prepare` builds it. */
const bin = join(import.meta.dirname, '../../bin/iamready.js');
const compiled = join(import.meta.dirname, '../../node_modules/.cache/iamready');

export type Command = 'setup' | 'rotate' | 'undo';

/** How a process of ours is started, besides its flags. */
export interface Started {
  /** `setup` where it is not given. */
  command?: Command;
  endpoint?: string;
  /** A module that is loaded before the program. */
  preload?: string;
  env?: Readonly<Record<string, string>>;
  /** Flags that differ from the stage's. */
  flags?: RunFlags;
}

/** One flag as it is typed; Node takes --env-file for its own. */
function typed(name: string, value: string | boolean | undefined): string[] {
  const dashed = name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const flag = `--${name === 'envFile' ? 'env' : dashed}`;
  if (value === undefined) return [];
  return [value === true ? flag : `${flag}=${String(value)}`];
}

/** Starts `setup --yes --json`, or another command, as a process of its own, on what the stage's runs use. */
export function startProgram(
  stage: Stage,
  { command = 'setup', endpoint, preload, env, flags }: Started = {},
) {
  const { folder, project, keyFile } = stage;
  const given: RunFlags = {
    profile: 'remotion-cloudrun',
    project,
    endpoint: endpoint ?? stage.endpoint,
    accessTokenFile: join(folder, 'access-token'),
    keyFile,
    stateDir: join(folder, 'state'),
    ...flags,
  };
  const words = Object.entries<string | boolean | undefined>({ ...given }).flatMap((flag) => typed(...flag));
  const before = preload === undefined ? [] : [`--import=${preload}`];
  return execa(process.execPath, [...before, bin, command, '--yes', '--json', ...words], {
    env: { PATH: process.env['PATH'], HOME: folder, NODE_COMPILE_CACHE: compiled, ...env },
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
    timeout: 200_000,
    killSignal: 'SIGKILL',
  });
}

/** How a process ended that was not killed. @throws Loss if it printed a stack, or no result. */
export async function endingOf(running: ReturnType<typeof startProgram>): Promise<Run> {
  const { exitCode, stdout, stderr, timedOut } = await running;
  if (timedOut || exitCode === undefined) throw new Loss(`the process hung; it had said: ${stdout}${stderr}`);
  if (/^\s+at .*[:(]\d+:\d+/m.test(stderr)) throw new Loss(`the process printed a stack: ${stderr}`);
  const events = stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => Event.parse(JSON.parse(line)));
  const result = events.at(-1);
  if (result?.type !== 'result')
    throw new Loss(`the process ended with ${exitCode} and no result: ${stderr}`);
  return { exit: exitCode, events, result };
}
