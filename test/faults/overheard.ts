import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { Writable } from 'node:stream';
import { onTestFinished, vi } from 'vitest';
import { carryOut } from '../../src/commands/carry-out.ts';
import { callLog } from '../../src/commands/debug-log.ts';
import type { Errand } from '../../src/commands/errand.ts';
import { problemOf } from '../../src/commands/problem-of.ts';
import { repairErrand } from '../../src/commands/repair-errand.ts';
import { rotateErrand } from '../../src/commands/rotate-errand.ts';
import type { RunFlags } from '../../src/commands/run-flags.ts';
import { setupErrand } from '../../src/commands/setup-errand.ts';
import { tellProblem, tellStack } from '../../src/commands/tell-problem.ts';
import { undoErrand } from '../../src/commands/undo-errand.ts';
import type { Command, Face } from '../../src/faces/face.ts';
import { jsonFace } from '../../src/faces/json/json-face.ts';
import { textFace } from '../../src/faces/text/text-face.ts';
import { loadProfile } from '../../src/profile/load.ts';
import type { SimulatorOptions } from '../../src/simulator/server.ts';
import { exitCodes } from '../../src/wizard/exit-codes.ts';
import type { Line } from '../commands/wizard/person.ts';
import { takePart } from '../commands/wizard/take-part.ts';
import { openStage } from '../flows/stage.ts';
import { leaksIn } from './leaks.ts';
import { startRecorder } from './recorder.ts';

/** An applied plan is told of by the faces in the same way as a setup. */
type Told = Exclude<Command, 'apply'>;

const errands: Record<Told, Partial<Errand>> = {
  setup: setupErrand,
  check: {},
  repair: repairErrand,
  rotate: rotateErrand({}),
  undo: undoErrand({}),
};

/** Tells both faces all of it. */
function both(...faces: readonly Face[]): Face {
  const tell = (say: (face: Face) => void) => faces.forEach(say);
  return {
    begin: (scene) => tell((face) => face.begin(scene)),
    changed: (scene) => tell((face) => face.changed(scene)),
    event: (event, session) => tell((face) => face.event(event, session)),
    plan: (plan, going, more) => tell((face) => face.plan(plan, going, more)),
    end: (outcome) => tell((face) => face.end(outcome)),
    problem: (problem) => tell((face) => face.problem(problem)),
  };
}

/**
 * A stage whose cloud is behind a recorder. All that runs tell there is kept: as text, as JSON, with --debug, and what a
 * person is shown, of which the screens are drawn.
 * @param holders files that may hold secrets, by their path below the stage's folder
 */
export async function openOverheard(holders: readonly string[], options: SimulatorOptions = {}) {
  const stage = await openStage(options);
  const recorder = await startRecorder(stage.endpoint);
  onTestFinished(() => recorder[Symbol.asyncDispose]());
  let heard = '';
  const listen = () =>
    new Writable({ write: (chunk: Buffer, _encoding, done) => done(void (heard += chunk.toString())) });
  const stderr = vi.spyOn(process.stderr, 'write').mockImplementation((chunk) => {
    heard += String(chunk);
    return true;
  });
  onTestFinished(() => stderr.mockRestore());

  /** Runs a command with --yes and --debug, and gives its exit code. */
  async function run(command: Told, more: RunFlags = {}): Promise<number> {
    const flags: RunFlags = {
      ...{ profile: 'remotion-cloudrun', project: stage.project, endpoint: recorder.endpoint, yes: true },
      accessTokenFile: join(stage.folder, 'access-token'),
      ...{ keyFile: stage.keyFile, stateDir: join(stage.folder, 'state') },
      ...more,
    };
    const [out, err] = [listen(), listen()];
    const face = both(jsonFace(out), textFace({ out, err, env: { LANG: 'C.UTF-8' }, width: 80 }));
    const { signal } = new AbortController();
    const profile = () => loadProfile('remotion-cloudrun');
    const log = callLog({ debug: true });
    try {
      return exitCodes[await carryOut({ ...errands[command], command, flags, profile, face, signal, log })]
        .code;
    } catch (error) {
      const problem = problemOf(error, signal);
      face.problem(problem);
      tellProblem(problem);
      tellStack(error);
      return exitCodes[problem.exit].code;
    }
  }

  return {
    stage,
    recorder,
    run,
    /** The same in a conversation, of which all that a screen could draw is kept. */
    converse: async (command: Told, script: readonly Line[], flags: RunFlags = {}): Promise<number> => {
      const at = { ...stage, endpoint: recorder.endpoint };
      const { told, code } = await takePart(at, script, flags, { ...setupErrand, ...errands[command] });
      const { asked, complaints, headers, steps, sessions, narrated, busy } = told;
      heard += JSON.stringify({ asked, complaints, headers, steps, sessions, narrated, busy });
      return code;
    },
    /** What of all that passed was told, or stands in any file but the holders. */
    leaks: async (): Promise<string[]> => {
      const places = new Map([['what was told', heard]]);
      for (const entry of await readdir(stage.folder, { recursive: true, withFileTypes: true })) {
        const file = join(entry.parentPath, entry.name);
        const name = relative(stage.folder, file);
        if (entry.isFile() && !holders.includes(name)) places.set(name, await readFile(file, 'utf8'));
      }
      // What is looked for would be found there, too, in every place.
      for (const [secret, what] of recorder.secrets)
        for (const place of places.keys()) {
          const planted = leaksIn(
            new Map([[place, `${places.get(place) ?? ''}${secret}`]]),
            recorder.secrets,
          );
          if (!planted.includes(`${what} in ${place}`))
            throw new Error(`${what} would not be found in ${place}`);
        }
      return leaksIn(places, recorder.secrets);
    },
    told: () => heard,
    /** What kinds of secrets have passed. */
    kinds: () => [...new Set(recorder.secrets.values())].sort(),
  };
}
