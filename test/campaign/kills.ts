import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Passing } from '../flows/between.ts';
import type { Stage } from '../flows/stage.ts';
import { moments } from './fault-kinds.ts';
import { demandNothingLost, type Whole } from './nothing-lost.ts';
import { endingOf, startProgram, type Started } from './program.ts';
import { broken, callName, isWrite, onStage, record, untouched, type Call, type Start } from './starts.ts';
import { demand, type Part, type Trial } from './trial.ts';

type Moment = (typeof moments)[number];

/** Runs the program until it is killed, and again to its end; what must hold then holds for both. */
async function killedAndRunAgain(
  stage: Stage,
  { flags }: Start,
  undisturbed: Whole,
  started: Started,
  kill: AbortSignal,
) {
  const victim = startProgram(stage, { ...started, flags });
  kill.addEventListener('abort', () => victim.kill('SIGKILL'));
  const { signal } = await victim;
  const { endpoint } = started;
  return demandNothingLost(stage, {
    // One that was over before its time is held to all that an undisturbed one is.
    first: signal === 'SIGKILL' ? 'killed' : await endingOf(victim),
    undisturbed,
    again: () => endingOf(startProgram(stage, { endpoint, flags })),
    last: () => stage.setup({ ...flags, endpoint: endpoint ?? stage.endpoint }),
  });
}

/** Kills the program at one call: the cloud is never asked, or answers nobody. */
function atCall(start: Start, call: Call, moment: Moment, undisturbed: Whole): Trial {
  return {
    name: `kills: ${start.name}, at ${callName(call)}, ${moment}`,
    kind: moment === 'before' ? 'at a call, before the cloud acts' : 'at a call, after the cloud acted',
    run: () => {
      const kill = new AbortController();
      let met = 0;
      const meddle = async ({ method, path, pass }: Passing) => {
        const isIt = method === call.method && path === decodeURIComponent(call.path);
        if (!isIt || met++ !== call.occurrence) return pass();
        if (moment === 'after') await pass();
        kill.abort();
        return undefined;
      };
      const use = (stage: Stage, endpoint: string) =>
        killedAndRunAgain(stage, start, undisturbed, { endpoint }, kill.signal);
      return onStage(start, use, meddle);
    },
  };
}

const preload = join(import.meta.dirname, 'kill-at.ts');
/** Kills nobody. */
const never = new AbortController().signal;

/** Every touch of a file that an undisturbed run makes, as kill-at.ts names it. */
const recordTouches = (): Promise<string[]> =>
  onStage(untouched, async (stage) => {
    const touches = `${stage.folder}-touches`;
    const env = { CAMPAIGN_BELOW: stage.folder, CAMPAIGN_TOUCHES: touches };
    const { exit } = await endingOf(startProgram(stage, { preload, env }));
    demand(exit === 0, () => `an undisturbed run ended with ${exit}`);
    const lines = (await readFile(touches, 'utf8')).trim().split('\n');
    await rm(touches);
    // A folder that was made is the same until something is in it; a part is removed where it is gone already.
    return lines.filter((line) => !/access-token|^mkdir .*after$|^rm .*\.part/.test(line));
  });

function atTouch(touch: string, undisturbed: Whole): Trial {
  const [, verb = '', moment = ''] = /^(\w+) .*, (\w+)$/.exec(touch) ?? [];
  return {
    name: `kills: at ${touch}`,
    kind: `at a file, ${moment} ${verb}`,
    run: () =>
      onStage(untouched, (stage) => {
        const env = { CAMPAIGN_BELOW: stage.folder, CAMPAIGN_KILL_AT: touch };
        return killedAndRunAgain(stage, untouched, undisturbed, { preload, env }, never);
      }),
  };
}

/** The built program, killed at every call and at every touch of a file, and run again. */
export const kills: Part = {
  name: 'kills',
  about:
    'the program killed (SIGKILL) at every call, before and after the cloud acts, and at every touch of a file',
  atOnce: 2,
  limitMs: 120_000,
  async trials() {
    const [first, second, touches] = await Promise.all([record(untouched), record(broken), recordTouches()]);
    const at = (start: Start, list: readonly Call[], undisturbed: Whole): Trial[] =>
      list.flatMap((call) => moments.map((moment) => atCall(start, call, moment, undisturbed)));
    return [
      ...at(untouched, first.calls, first.undisturbed),
      ...at(broken, second.calls.filter(isWrite), second.undisturbed),
      ...touches.map((touch) => atTouch(touch, first.undisturbed)),
    ];
  },
};
