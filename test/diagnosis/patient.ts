import { Writable } from 'node:stream';
import { expect } from 'vitest';
import type { RunFlags } from '../../src/commands/run-flags.ts';
import { why } from '../../src/commands/why.ts';
import { Event } from '../../src/faces/json/events.ts';
import { exitCodes } from '../../src/wizard/exit-codes.ts';
import type { SimulatorOptions } from '../../src/simulator/server.ts';
import { openStage, type Stage } from '../flows/stage.ts';

type Cause = Extract<Event, { type: 'cause' }>;
type Unread = Extract<Event, { type: 'unread' }>;

export const PROFILE = 'remotion-cloudrun';

/** What `why` answered. */
export interface Answer {
  exit: number;
  causes: readonly Cause[];
  unread: readonly Unread[];
  missing: readonly string[];
  unexplained: readonly string[];
}

export type Patient = Awaited<ReturnType<typeof openPatient>>;

/** A cloud where the account of the profile was made ready, and what asks why it is not any more. */
export async function openPatient(
  options: SimulatorOptions = {},
  atEnd?: (close: () => Promise<void>) => void,
  flags: RunFlags = {},
) {
  const stage = await openStage({ clockSpeed: 1, ...options }, atEnd);
  const { exit } = await stage.setup(flags);
  expect(exit).toBe(0);
  return { ...stage, ...asking(stage, flags) };
}

/** What asks why, of a cloud in which an account was made ready. */
export function asking({ endpoint, project, folder, keyFile }: Stage, always: RunFlags = {}) {
  const flagsOf = (given: RunFlags): RunFlags => ({
    ...{ profile: PROFILE, project, endpoint, keyFile },
    accessTokenFile: `${folder}/access-token`,
    stateDir: `${folder}/state`,
    ...always,
    ...given,
  });
  const run = async (names: readonly string[], given: RunFlags) => {
    const chunks: string[] = [];
    const err: string[] = [];
    const into = (list: string[]) =>
      new Writable({ write: (chunk: Buffer, _encoding, done) => done(void list.push(chunk.toString())) });
    const out = { out: into(chunks), err: into(err), env: { LANG: 'C.UTF-8' } };
    const exit = exitCodes[await why(names, flagsOf(given), out, new AbortController().signal)].code;
    return { exit, text: chunks.join(''), err: err.join('') };
  };
  return {
    /** `why --json`. */
    async why(names: readonly string[] = [], given: RunFlags = {}): Promise<Answer> {
      const { exit, text } = await run(names, { json: true, ...given });
      const events = text
        .trimEnd()
        .split('\n')
        .map((line) => Event.parse(JSON.parse(line)));
      const result = events.at(-1);
      if (result?.type !== 'result') throw new Error('the last event is not the result');
      expect(result.exitCode).toBe(exit);
      return {
        exit,
        causes: events.filter((event) => event.type === 'cause'),
        unread: events.filter((event) => event.type === 'unread'),
        missing: result.missing ?? [],
        unexplained: result.unexplained ?? [],
      };
    },
    /** What `why` prints for people. */
    page: run,
  };
}
