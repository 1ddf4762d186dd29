import { homedir } from 'node:os';
import type { Event } from '../faces/json/events.ts';
import { jsonLine } from '../faces/json/json-line.ts';
import { exitCodes, type ExitName } from '../wizard/exit-codes.ts';
import { callLog } from './debug-log.ts';
import { isWell, type Checks } from './doctor/check.ts';
import { folders } from './doctor/folders.ts';
import { gcloud } from './doctor/gcloud.ts';
import { thisProgram, type Screen } from './doctor/here.ts';
import { masked } from './doctor/masked.ts';
import { network } from './doctor/network.ts';
import { doctorPage } from './doctor/page.ts';
import { signedIn } from './doctor/signed-in.ts';
import { customEndpoint } from './endpoint-flag.ts';
import type { WhoamiFlags } from './whoami.ts';
import { written } from './written.ts';

/** What `iamready doctor` takes from the command line. */
export type DoctorFlags = WhoamiFlags & {
  /** Mask nothing. */
  full?: boolean;
};

/** What it has of the process that it runs in. */
interface Surroundings {
  out: NodeJS.WritableStream & Screen;
  err: NodeJS.WritableStream;
  env: NodeJS.ProcessEnv;
  cwd: string;
}

/** Whoever waits for longer than this is told for what, in ms. */
const SILENT_MS = 1000;

/**
 * `iamready doctor`: looks at all that a run needs of this machine and its network, and says of each thing whether it is well,
 * or what to do. What it prints may be shown to strangers; it changes nothing.
 * @returns `blocked` where a person must act
 */
export async function doctor(
  flags: DoctorFlags,
  { out, err, env, cwd }: Surroundings,
  signal: AbortSignal,
): Promise<ExitName> {
  const endpoint = customEndpoint(flags);
  const home = env['HOME'] ?? homedir();
  const here = { endpoint, env, cwd, home, signal, log: callLog(flags) };
  const what = endpoint === undefined ? 'the APIs of Google' : endpoint;
  const timer = setTimeout(() => err.write(`  Asking ${what}, and gcloud.\n`), SILENT_MS);
  let found: Checks[][];
  try {
    found = await Promise.all([
      signedIn(flags, here),
      network(endpoint, signal),
      folders(env),
      gcloud(env, signal),
    ]);
  } finally {
    clearTimeout(timer);
  }
  const shown = flags.full === true ? (text: string) => text : (text: string) => masked(text, home);
  const groups = [...thisProgram(env, out), ...found.flat()].map(({ title, checks }) => ({
    title,
    checks: checks.map(({ name, text, remedy }) => ({
      name,
      text: shown(text),
      ...(remedy !== undefined && { remedy: shown(remedy) }),
    })),
  }));
  const exit = groups.every(({ checks }) => checks.every(isWell)) ? 'done' : 'blocked';
  const text = flags.json
    ? eventsOf(groups, exit).map(jsonLine).join('')
    : doctorPage(groups, { columns: out.columns ?? 80, env, full: flags.full === true });
  await written(out, text);
  return exit;
}

function eventsOf(groups: readonly Checks[], exit: ExitName): Event[] {
  return [
    ...groups.flatMap(({ title, checks }) =>
      checks.map((check) => ({ v: 1, type: 'checked', group: title, ok: isWell(check), ...check }) as const),
    ),
    {
      v: 1,
      type: 'result',
      status: exit === 'done' ? 'ready' : 'blocked',
      exitCode: exitCodes[exit].code,
    },
  ];
}
