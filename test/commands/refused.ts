import { expect } from 'vitest';
import type { Event } from '../../src/faces/json/events.ts';
import type { OpenCloud } from './cloud.ts';
import { eventsOf, expectPlain, type Home } from './iamready.ts';

/** How a run that is refused has to end. */
export interface Refusal {
  exit: number;
  /** What the problem says. */
  what: RegExp;
  /** Its next step. */
  next: RegExp;
  /** Also in the environment of the run. */
  env?: Record<string, string>;
}

/**
 * Runs the program as text and as JSON, and expects of both: this exit code, one problem with one next step, nothing that
 * a terminal would obey, no trace of where it was thrown, no new file, and no write to the cloud.
 */
export async function expectRefused(
  { home, cloud }: { home: Home; cloud?: Pick<OpenCloud, 'writes'> },
  args: readonly string[],
  { exit, what, next, env }: Refusal,
): Promise<NonNullable<Extract<Event, { type: 'result' }>['problem']>> {
  const before = await home.files();

  const running = home.run(args, env);
  // Two setups at once would get in each other's way; checks that take their time may do so side by side.
  if (args[0] !== 'check') await running;
  const [text, json] = await Promise.all([
    running,
    home.run([...args.slice(0, 1), '--json', ...args.slice(1)], env),
  ]);
  expect(text.exitCode, text.stderr).toBe(exit);
  const told = (text.stdout + text.stderr).replaceAll(/\s+/g, ' ');
  expect(told).toMatch(what);
  expect(text.stdout + text.stderr).not.toMatch(/^\s+at /m);
  expect((text.stdout + text.stderr).match(/^ {4}Next /gm)).toHaveLength(1);
  expectPlain(text);

  expect(json.stderr).toBe('');
  expectPlain(json);
  const { result } = eventsOf(json);
  expect(result).toMatchObject({ exitCode: exit, problem: { what: expect.any(String) as string } });
  const { problem } = result;
  if (problem === undefined) throw new Error('the result holds no problem');
  expect(problem.what).toMatch(what);
  expect(problem.next).toMatch(next);
  expect(`${problem.what} ${problem.next}`).not.toMatch(/please|successful|[!?]$|\.$/i);

  expect(await home.files()).toEqual(before);
  if (cloud) expect(await cloud.writes()).toEqual([]);
  return problem;
}
