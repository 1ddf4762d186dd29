import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { execa, type ResultPromise } from 'execa';
import * as z from 'zod';
import { loadProfile } from '../profile/load.ts';
import type { ExitName } from '../wizard/exit-codes.ts';
import { carryOut } from './carry-out.ts';
import { callLog } from './debug-log.ts';
import { faceFor } from './face-for.ts';

const Ready = z.object({ endpoint: z.string(), token: z.string(), project: z.string() });

/**
 * `iamready demo`: starts an embedded cloud in a process of its own, and makes a service account ready on it.
 * Everything it writes goes to a temporary folder, which is gone when it ends.
 */
export async function demo(
  flags: { json?: boolean; debug?: boolean },
  signal: AbortSignal,
): Promise<ExitName> {
  const folder = await mkdtemp(join(tmpdir(), 'iamready-demo-'));
  // Replicas lag as Google's do, on a clock that runs sixty times faster: a minute of waiting takes a second.
  const cloud = execa(process.execPath, [thisProgram(), 'simulate', '--lag=typical', '--clock-speed=60'], {
    stdin: 'ignore',
    stderr: 'inherit',
    buffer: false,
    cleanup: true,
    reject: false,
  });
  try {
    const { endpoint, token, project } = await readyLine(cloud);
    const accessTokenFile = join(folder, 'access-token');
    await writeFile(accessTokenFile, token, { mode: 0o600 });
    const profile = await loadProfile('remotion-cloudrun');
    return await carryOut({
      command: 'setup',
      flags: {
        project,
        endpoint,
        accessTokenFile,
        keyFile: join(folder, 'keys', `${profile.account.id}.json`),
        stateDir: join(folder, 'state'),
        yes: true,
      },
      profile: () => Promise.resolve(profile),
      demo: true,
      face: faceFor(flags, process.stdout),
      signal,
      log: callLog(flags),
    });
  } finally {
    cloud.kill();
    await cloud;
    await rm(folder, { recursive: true, force: true });
  }
}

function thisProgram(): string {
  const [, program] = process.argv;
  if (program === undefined) throw new Error('not started as a program');
  return program;
}

async function readyLine(
  cloud: Pick<ResultPromise<{ buffer: false }>, 'stdout'>,
): Promise<z.infer<typeof Ready>> {
  // Leaving execa's own iteration waits for the process to end; a reader of lines does not.
  for await (const line of createInterface(cloud.stdout)) return Ready.parse(JSON.parse(line));
  throw new Error('the embedded cloud ended before it was ready');
}
