import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { onTestFinished } from 'vitest';
import * as z from 'zod';
import { applyOrders } from '../../src/commands/apply.ts';
import { carryOut } from '../../src/commands/carry-out.ts';
import { problemOf } from '../../src/commands/problem-of.ts';
import { rotateErrand } from '../../src/commands/rotate-errand.ts';
import { undoErrand } from '../../src/commands/undo-errand.ts';
import type { RunFlags } from '../../src/commands/run-flags.ts';
import { Event } from '../../src/faces/json/events.ts';
import { jsonFace } from '../../src/faces/json/json-face.ts';
import { textFace } from '../../src/faces/text/text-face.ts';
import { loadProfile } from '../../src/profile/load.ts';
import { startSimulator, type SimulatorOptions } from '../../src/simulator/server.ts';
import { exitCodes } from '../../src/wizard/exit-codes.ts';
import { World } from '../commands/cloud.ts';
import { keyPairs } from '../simulator/key-pairs.ts';
import { cloudByHand } from './cloud-by-hand.ts';

const Requests = z.object({
  requests: z.array(
    z.object({ method: z.string(), path: z.string(), principal: z.string(), status: z.number() }),
  ),
});
const Clock = z.object({ now: z.string() });
/** POSTs that change nothing; whatever is not here and is no GET counts as a write. */
const reading =
  /(?::getIamPolicy|:getAncestry|:testIamPermissions|:query[A-Za-z]+|:search|:troubleshoot|\/token|\/tokeninfo|:signBlob|:signJwt|:generateAccessToken)$/;

/** True for a request that changes something at Google. */
export const isWrite = ({ method, path }: { method: string; path: string }): boolean =>
  method !== 'GET' && !reading.test(path);

/**
 * How a run may be disturbed: `stop` ends it like Ctrl-C; `onEvent` is told of each event as it is printed; `deadlineMs` is
 * all that a call may take.
 */
export interface Disturbance {
  stop?: AbortController;
  onEvent?: (event: Event) => void;
  deadlineMs?: number;
}

/** One run: its exit code, every event, and the last, which is the result. */
export type Run = Awaited<ReturnType<Stage['setup']>>;
export type Stage = Awaited<ReturnType<typeof openStage>>;

/**
 * A simulator, and a folder with the operator's token, where runs keep state and key. Its clock runs 100 times faster.
 * It ends with the test; where a test opens many, `close` ends it sooner.
 * @param atEnd is given what closes it, where no test is
 */
export async function openStage(
  options: SimulatorOptions = {},
  atEnd: (close: () => Promise<void>) => void = onTestFinished,
) {
  const folder = await mkdtemp(join(tmpdir(), 'iamready-flow-'));
  const simulator = await startSimulator({ clockSpeed: 100, keyPairs: keyPairs(), ...options });
  const { endpoint, project } = simulator;
  const tokenFile = join(folder, 'access-token');
  await writeFile(tokenFile, simulator.token, { mode: 0o600 });
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> =>
    (closing ??= simulator.close().then(() => rm(folder, { recursive: true, force: true })));
  atEnd(close);

  const defaults: RunFlags = {
    profile: 'remotion-cloudrun',
    project,
    endpoint,
    accessTokenFile: tokenFile,
    keyFile: join(folder, 'keys', 'remotion-sa.json'),
    stateDir: join(folder, 'state'),
  };

  async function run(
    command: 'setup' | 'check' | 'repair' | 'undo' | 'rotate' | 'apply',
    given: RunFlags,
    disturbance: Disturbance,
    planFile = '',
  ) {
    const flags = { ...defaults, ...given };
    const events: Event[] = [];
    const { onEvent, stop = new AbortController(), deadlineMs } = disturbance;
    const out = new Writable({
      write(chunk: Buffer, _encoding, done) {
        const event = Event.parse(JSON.parse(chunk.toString()));
        events.push(event);
        onEvent?.(event);
        done();
      },
    });
    const face = jsonFace(out);
    let exit: number;
    try {
      const profile = () => loadProfile(flags.profile ?? '');
      const about = { flags, profile, face, signal: stop.signal, deadlineMs };
      const its = command === 'undo' ? undoErrand(flags) : command === 'rotate' ? rotateErrand(flags) : {};
      const orders =
        command === 'apply'
          ? { ...about, ...(await applyOrders(planFile, given, {})) }
          : { ...its, command, ...about };
      exit = exitCodes[await carryOut(orders)].code;
    } catch (error) {
      const problem = problemOf(error, stop.signal);
      face.problem(problem);
      exit = exitCodes[problem.exit].code;
    }
    const result = events.at(-1);
    if (result?.type !== 'result') throw new Error('the last event is not the result');
    return { exit, events, result };
  }

  /** What a run leaves on stdout in plain lines; nobody is there to say yes unless the flags do. */
  async function lines(command: 'check' | 'repair', given: RunFlags = {}): Promise<string> {
    const flags = { ...defaults, ...given };
    const written: string[] = [];
    const out = new Writable({
      write: (chunk: Buffer, _encoding, done) => done(void written.push(chunk.toString())),
    });
    const err = new Writable({ write: (_chunk, _encoding, done) => done() });
    const face = textFace({ out, err, env: { LANG: 'C.UTF-8' }, width: 200 });
    const profile = () => loadProfile(flags.profile ?? '');
    await carryOut({ command, flags, profile, face, signal: new AbortController().signal });
    return written.join('');
  }

  /** A call to the simulator's control API. */
  async function control(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(`${endpoint}/_/${path}`, { method, body: body && JSON.stringify(body) });
    const answer = await response.json();
    if (!response.ok) throw new Error(`${method} /_/${path}: ${JSON.stringify(answer)}`);
    return answer;
  }

  const requests = async () => Requests.parse(await control('GET', 'requests')).requests;
  return {
    folder,
    endpoint,
    project,
    keyFile: join(folder, 'keys', 'remotion-sa.json'),
    close,
    /** `setup --yes --json`, unless the flags say otherwise. */
    setup: (flags: RunFlags = {}, disturbance: Disturbance = {}) =>
      run('setup', { yes: true, ...flags }, disturbance),
    check: (flags: RunFlags = {}) => run('check', flags, {}),
    /** `repair --yes --json`, unless the flags say otherwise. */
    repair: (flags: RunFlags = {}) => run('repair', { yes: true, ...flags }, {}),
    lines,
    /** `setup --plan-out FILE --json`. */
    planOut: (planOut: string, flags: RunFlags = {}) => run('setup', { ...flags, planOut }, {}),
    /** `apply FILE --yes --json`, unless the flags say otherwise. */
    apply: (file: string, flags: RunFlags = {}) => {
      const { endpoint, accessTokenFile, keyFile, stateDir } = defaults;
      return run('apply', { endpoint, accessTokenFile, keyFile, stateDir, yes: true, ...flags }, {}, file);
    },
    /** `undo --yes --json`, unless the flags say otherwise. */
    undo: (flags: RunFlags = {}, disturbance: Disturbance = {}) =>
      run('undo', { yes: true, ...flags }, disturbance),
    /** `rotate --yes --json`, unless the flags say otherwise. */
    rotate: (flags: RunFlags = {}, disturbance: Disturbance = {}) =>
      run('rotate', { yes: true, ...flags }, disturbance),
    requests,
    /** The requests that change something at Google, as "METHOD path". */
    writes: async () =>
      (await requests()).filter(isWrite).map(({ method, path }) => `${method} ${decodeURIComponent(path)}`),
    forgetRequests: () => control('DELETE', 'requests'),
    fault: (rule: object) => control('POST', 'faults', rule),
    mend: () => control('DELETE', 'faults'),
    world: async () => World.parse(await control('GET', 'world')),
    /** Moves the simulator's clock forward. */
    advance: (seconds: number) => control('POST', 'clock', { advance: seconds }),
    /** The simulator's time. */
    now: async () => new Date(Clock.parse(await control('GET', 'clock')).now),
    /** A file with somebody else's token, for `--access-token-file`. */
    tokenOf: async (token: string): Promise<string> => {
      const file = join(folder, `token-${token.replaceAll(/\W/g, '-')}`);
      await writeFile(file, token, { mode: 0o600 });
      return file;
    },
    /** The key file: its permission bits, and the key in it. */
    heldKey: async () => {
      const { mode } = await stat(defaults.keyFile ?? '');
      const KeyFile = z.object({ private_key_id: z.string(), client_email: z.string() });
      const key = KeyFile.parse(JSON.parse(await readFile(defaults.keyFile ?? '', 'utf8')));
      return { mode: mode & 0o777, id: key.private_key_id, email: key.client_email };
    },
    /** What another client does and sees, with the operator's token. */
    cloud: cloudByHand(endpoint, simulator.token, project),
  };
}
