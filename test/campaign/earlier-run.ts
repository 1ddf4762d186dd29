import { createPublicKey } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import type { Stage } from '../flows/stage.ts';
import { readWorld } from './same-world.ts';
import { onStage, untouched } from './starts.ts';

const KeyFile = z.looseObject({ private_key: z.string(), private_key_id: z.string() });

/** What a run on an untouched project left on this machine and in the cloud, to be put where others have been since. */
export type EarlierRun = Awaited<ReturnType<typeof earlierRun>>;

/** Runs setup once, and keeps what it left. */
export const earlierRun = () =>
  onStage(untouched, async (stage) => {
    const { exit } = await stage.setup();
    if (exit !== 0) throw new Error(`an undisturbed run ended with ${exit}`);
    const { folder, endpoint, cloud, keyFile } = stage;
    const state = join(folder, 'state');
    const name = (await readdir(state, { recursive: true })).find((each) => each.endsWith('.json')) ?? '';
    const journal = await readFile(join(state, name), 'utf8');
    const key = await readFile(keyFile, 'utf8');
    const { serviceAccounts } = readWorld(await cloud.call('GET', '_/world'));
    const account = serviceAccounts.find(({ email }) => email === cloud.email);
    if (account === undefined) throw new Error('the run has made no account');
    const { private_key: privateKey, private_key_id: keyId } = KeyFile.parse(JSON.parse(key));
    const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString();
    const moved = (text: string, to: Stage): string =>
      text.replaceAll(folder, to.folder).replaceAll(endpoint, to.endpoint);
    return {
      keyId,
      publicKey,
      uniqueId: account.uniqueId,
      /** The text of its key file, for another stage. */
      keyFor: (to: Stage): string => moved(key, to),
      /** Puts its journal where runs on another stage look for theirs. */
      async remember(to: Stage): Promise<void> {
        const host = new URL(to.endpoint).host.replaceAll(':', '_');
        const file = join(to.folder, 'state', host, to.project, 'remotion-cloudrun.json');
        await mkdir(dirname(file), { recursive: true, mode: 0o700 });
        await writeFile(file, moved(journal, to), { mode: 0o600 });
      },
    };
  });
