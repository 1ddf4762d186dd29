import { expect } from 'vitest';
import type { Event } from '../../src/faces/json/events.ts';
import { problemLines } from '../../src/faces/text/problem.ts';
import { glyphsFor } from '../../src/print/glyphs.ts';
import { printed } from '../../src/print/printable.ts';
import type { OpenCloud } from './cloud.ts';
import { eventsOf, expectPlain, type Home, type Ran } from './iamready.ts';

/** How a run that is refused has to end. */
export interface Refusal {
  exit: number;
  /** What the problem says. */
  what: RegExp;
  /** Its next step. */
  next: RegExp;
  /** Also in the environment of the run. */
  env?: Record<string, string>;
  /** It is run as text, too: of each kind of refusal some are, and all that hold what a terminal would obey. */
  asText?: boolean;
}

/** What a person reads is this, with one next step, nothing that a terminal would obey, and no trace of where it was thrown. */
function expectTold(text: Ran, what: RegExp): void {
  const told = text.stdout + text.stderr;
  expect(told.replaceAll(/\s+/g, ' ')).toMatch(what);
  expect(told).not.toMatch(/^\s+at /m);
  expect(told.match(/^ {4}Next /gm)).toHaveLength(1);
  expectPlain(text);
}

/**
 * Runs the program as JSON, and expects this exit code, one problem with one next step, nothing that a terminal would obey,
 * no new file, and no write to the cloud; of the same problem, drawn as text, that it can be read; and where it is asked for,
 * all that of a second run, as text.
 */
export async function expectRefused(
  { home, cloud }: { home: Home; cloud?: Pick<OpenCloud, 'writes'> },
  args: readonly string[],
  { exit, what, next, env, asText = false }: Refusal,
): Promise<NonNullable<Extract<Event, { type: 'result' }>['problem']>> {
  const before = await home.files();

  if (asText) {
    const text = await home.run(args, env);
    expect(text.exitCode, text.stderr).toBe(exit);
    expectTold(text, what);
  }

  const json = await home.run([...args.slice(0, 1), '--json', ...args.slice(1)], env);
  expect(json.stderr).toBe('');
  expectPlain(json);
  const { result } = eventsOf(json);
  expect(result).toMatchObject({ exitCode: exit, problem: { what: expect.any(String) as string } });
  const { problem } = result;
  if (problem === undefined) throw new Error('the result holds no problem');
  expect(problem.what).toMatch(what);
  expect(problem.next).toMatch(next);
  expect(`${problem.what} ${problem.next}`).not.toMatch(/please|successful|[!?]$|\.$/i);

  const marks = { glyphs: glyphsFor({}), arrow: '', width: 80 };
  // How it ends is not drawn.
  const lines = problemLines({ ...problem, exit: 'usage' }, undefined, marks);
  expectTold({ ...json, stdout: '', stderr: printed(lines) }, what);

  expect(await home.files()).toEqual(before);
  if (cloud) expect(await cloud.writes()).toEqual([]);
  return problem;
}
