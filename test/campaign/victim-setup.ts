import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'dotenv';
import * as z from 'zod';
import { readWorldFile } from '../../src/simulator/server.ts';
import { defaultWorldFile } from '../../src/simulator/world-file.ts';
import { loginAt, withLogins } from '../flows/logins.ts';
import type { Stage } from '../flows/stage.ts';
import { demandFiles, demandNothingLost, demandSameWhole, demandWhole } from './nothing-lost.ts';
import { broken, isWrite, untouched } from './starts.ts';
import { demand, demandSame } from './trial.ts';
import { all, from, none, type Scene, type Victim } from './victims.ts';

/** A setup ends as any other does; `whole` says what is left, where that is more than a key. */
const proveSetup =
  (whole?: (scene: Scene) => Promise<void>): Victim['ready'] =>
  (scene) =>
    Promise.resolve((first) => {
      const { stage, undisturbed, again, last } = scene;
      return demandNothingLost(stage, {
        ...{ first, undisturbed, again, last },
        ...(whole && { whole: () => whole(scene) }),
      });
    });

const setup: Victim = {
  name: 'setup',
  command: 'setup',
  start: untouched,
  calls: all,
  touches: all,
  ready: proveSetup(),
};

const mending: Victim = {
  ...setup,
  name: 'setup of what is broken',
  start: broken,
  calls: (list) => list.filter(isWrite),
  touches: none,
};

const ofKey = (touch: string): boolean => touch.includes('remotion-sa.json');
const envFile = ({ folder }: Stage): string => join(folder, '.env');
const Key = z.object({ private_key: z.string() });

/** Both files hold the same key, for its owner only. */
async function demandEnvFile(stage: Stage): Promise<void> {
  const { private_key: key } = Key.parse(JSON.parse(await readFile(stage.keyFile, 'utf8')));
  const file = envFile(stage);
  const variables = parse(await readFile(file, 'utf8'));
  demand(
    variables['REMOTION_GCP_PRIVATE_KEY'] === key,
    () => 'the env file does not hold the key in the file',
  );
  demandSame((await stat(file)).mode & 0o777, 0o600, 'the permissions of the env file');
}

const withEnvFile: Victim = {
  ...setup,
  name: 'setup with an env file',
  flags: (stage) => ({ envFile: envFile(stage) }),
  calls: from(({ method, path }) => method === 'POST' && path.endsWith('/keys')),
  touches: from(ofKey),
  ready: proveSetup(async ({ stage, undisturbed }) => {
    await demandWhole(stage, undisturbed, false, ['.env']);
    await demandEnvFile(stage);
  }),
};

const loginFile = 'application_default_credentials.json';
const gcloud = ({ folder }: Stage): string => join(folder, 'gcloud');

const keyless: Victim = {
  ...setup,
  name: 'setup without a key',
  start: {
    ...untouched,
    world: async () => withLogins(await readWorldFile(defaultWorldFile())),
    prepare: async (stage, endpoint) => {
      await mkdir(gcloud(stage));
      await writeFile(join(gcloud(stage), loginFile), JSON.stringify(loginAt(endpoint)), { mode: 0o600 });
    },
  },
  flags: () => ({ keyless: 'impersonation', impersonator: 'user:ada@acme.com' }),
  env: (stage) => ({ CLOUDSDK_CONFIG: gcloud(stage) }),
  calls: (list) => list.filter(isWrite),
  touches: from(ofKey),
  ready: proveSetup(async ({ stage, undisturbed }) => {
    await demandSameWhole(stage, undisturbed);
    const file = await readFile(stage.keyFile, 'utf8');
    demand(file.includes('impersonated_service_account'), () => 'the file does not act as the account');
    demandSame((await stat(stage.keyFile)).mode & 0o777, 0o600, 'the permissions of that file');
    await demandFiles(stage, [`gcloud/${loginFile}`, 'keys/remotion-sa.json']);
  }),
};

export const setups: readonly Victim[] = [setup, mending, withEnvFile, keyless];
