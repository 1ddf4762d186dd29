import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Passing } from '../flows/between.ts';
import type { Stage } from '../flows/stage.ts';
import { moments } from './fault-kinds.ts';
import { wholeOf, type Whole } from './nothing-lost.ts';
import { endingOf, startProgram, type Started } from './program.ts';
import { callName, callsOf, onStage, type Call } from './starts.ts';
import { demand, type Part, type Trial } from './trial.ts';
import { rotate } from './victim-rotate.ts';
import { setups } from './victim-setup.ts';
import { undo } from './victim-undo.ts';
import type { Victim } from './victims.ts';

type Moment = (typeof moments)[number];
const moment: Readonly<Record<Moment, string>> = { before: 'just before it', after: 'just after it' };

const preload = join(import.meta.dirname, 'kill-at.ts');
/** Kills nobody. */
const never = new AbortController().signal;

/** How a victim is started on a stage. */
function startOf(victim: Victim, stage: Stage, { env, ...started }: Started): Started {
  const { command, start, flags, env: its } = victim;
  return {
    command,
    ...started,
    flags: { ...start.flags, ...flags?.(stage) },
    env: { ...its?.(stage), ...env },
  };
}

/** Every call and every touch of a file that an undisturbed run makes, and what it leaves. */
const recordOf = (victim: Victim) =>
  onStage(victim.start, async (stage) => {
    const touches = `${stage.folder}-touches`;
    const env = { CAMPAIGN_BELOW: stage.folder, CAMPAIGN_TOUCHES: touches };
    const { exit, result } = await endingOf(startProgram(stage, startOf(victim, stage, { preload, env })));
    demand(
      exit === 0,
      () => `an undisturbed ${victim.name} ended with ${exit}: ${JSON.stringify(result.problem)}`,
    );
    const lines = (await readFile(touches, 'utf8')).trim().split('\n');
    await rm(touches);
    // A folder that was made is the same until something is in it; a part is removed where it is gone already.
    const all = lines.filter((line) => !/access-token|^mkdir .*after$|^rm .*\.part/.test(line));
    return { calls: await callsOf(stage), touches: all, undisturbed: await wholeOf(stage) };
  });

interface Kill {
  undisturbed: Whole;
  number: number;
  started: Started;
  /** Says when to kill it, where it does not do that itself. */
  signal: AbortSignal;
}

/** Runs a victim until it is killed, and has it proved that nothing was lost. */
async function killAndProve(victim: Victim, stage: Stage, { undisturbed, number, started, signal }: Kill) {
  const { endpoint = stage.endpoint } = started;
  const { command, env } = victim;
  const next = startOf(victim, stage, { endpoint });
  const again = () => endingOf(startProgram(stage, next));
  const last = env === undefined ? () => stage[command]({ ...next.flags, endpoint }) : again;
  const prove = await victim.ready({ stage, endpoint, undisturbed, again, last, number });
  const running = startProgram(stage, startOf(victim, stage, started));
  signal.addEventListener('abort', () => running.kill('SIGKILL'));
  const { signal: by } = await running;
  // One that was over before its time is held to all that an undisturbed one is.
  return prove(by === 'SIGKILL' ? 'killed' : await endingOf(running));
}

/** Kills it at one call: the cloud is never asked, or answers nobody. */
function atCall(victim: Victim, call: Call, when: Moment, undisturbed: Whole, number: number): Trial {
  return {
    name: `kills: ${victim.name}, at ${callName(call)}, ${when}`,
    kind: `${victim.name}, at a call, ${moment[when]}`,
    run: () => {
      const kill = new AbortController();
      let met = 0;
      const meddle = async ({ method, path, pass }: Passing) => {
        const isIt = method === call.method && path === decodeURIComponent(call.path);
        if (!isIt || met++ !== call.occurrence) return pass();
        if (when === 'after') await pass();
        kill.abort();
        return undefined;
      };
      const use = (stage: Stage, endpoint: string) =>
        killAndProve(victim, stage, { undisturbed, number, started: { endpoint }, signal: kill.signal });
      return onStage(victim.start, use, meddle);
    },
  };
}

/** Kills it at one touch of a file. */
function atTouch(victim: Victim, touch: string, undisturbed: Whole, number: number): Trial {
  const when: Moment = touch.endsWith('after') ? 'after' : 'before';
  return {
    name: `kills: ${victim.name}, at ${touch}`,
    kind: `${victim.name}, at a file, ${moment[when]}`,
    run: () =>
      onStage(victim.start, (stage) => {
        const env = { CAMPAIGN_BELOW: stage.folder, CAMPAIGN_KILL_AT: touch };
        return killAndProve(victim, stage, { undisturbed, number, started: { preload, env }, signal: never });
      }),
  };
}

async function trialsOf(victim: Victim): Promise<Trial[]> {
  const { calls, touches, undisturbed } = await recordOf(victim);
  const atCalls = victim.calls(calls).flatMap((call) => moments.map((when) => ({ call, when })));
  return [
    ...atCalls.map(({ call, when }, number) => atCall(victim, call, when, undisturbed, number >> 1)),
    ...victim.touches(touches).map((touch, number) => atTouch(victim, touch, undisturbed, number >> 1)),
  ];
}

const victims: readonly Victim[] = [...setups, rotate, undo];

/** The built program, killed at every call and at every touch of a file, and run again. */
export const kills: Part = {
  name: 'kills',
  about:
    'setup, rotate and undo killed (SIGKILL) at every call, before and after the cloud acts, and at every touch of a file',
  atOnce: 2,
  limitMs: 300_000,
  async trials(_seed, only) {
    const wanted = victims.filter(({ name }) => {
      const beginning = `kills: ${name}, at `;
      return beginning.startsWith(only) || only.startsWith(beginning);
    });
    return (await Promise.all(wanted.map(trialsOf))).flat();
  },
};
