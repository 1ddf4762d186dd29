import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { loadProfile } from '../../src/profile/load.ts';
import { readWorldFile, type WorldFile } from '../../src/simulator/server.ts';
import { defaultWorldFile } from '../../src/simulator/world-file.ts';
import { openStage, type Stage } from '../flows/stage.ts';
import { driftedWorld } from './drifted-world.ts';
import type { Drift } from './drift.ts';
import { earlierRun, type EarlierRun } from './earlier-run.ts';
import { keyPairs } from '../simulator/key-pairs.ts';

/** What drifted stages are made of: read and run once. */
export interface Setting {
  base: WorldFile;
  earlier: EarlierRun;
  /** What the profile asks for. */
  permissions: readonly string[];
}

/** Reads what there is to read, and runs setup once. */
export async function openSetting(): Promise<Setting> {
  const [profile, base, earlier] = await Promise.all([
    loadProfile('remotion-cloudrun'),
    readWorldFile(defaultWorldFile()),
    earlierRun(),
  ]);
  return { base, earlier, permissions: profile.permissions.map(({ name }) => name) };
}

/** A project that is as a run of ours left it. */
export const noDrift = ({ permissions }: Setting): Drift => ({
  command: 'setup',
  remembered: true,
  off: [],
  role: {
    permissions: [...permissions],
    stage: 'GA',
    title: 'Remotion API Service Account',
    deleted: undefined,
  },
  account: 'live',
  grant: 'granted',
  file: 'its key',
  key: 'live',
  others: [],
  bindings: [],
});

/** A stage on which all is as a drift has left it; `use` is given it, and it ends then. */
export async function onDrifted<T>(
  drift: Drift,
  { base, earlier }: Setting,
  use: (stage: Stage) => Promise<T>,
): Promise<T> {
  const world = await driftedWorld(base, drift, earlier);
  // The first pair, and the unique ID of the first account under the first seed, are the earlier run's.
  const stage = await openStage({ world, keyPairs: keyPairs(1), seed: 2 }, () => undefined);
  try {
    if (drift.remembered) await earlier.remember(stage);
    await placeFile(stage, drift, earlier);
    return await use(stage);
  } finally {
    await stage.close();
  }
}

async function placeFile(stage: Stage, { file }: Drift, earlier: EarlierRun): Promise<void> {
  const key = earlier.keyFor(stage);
  const contents: Record<Drift['file'], string | undefined> = {
    'its key': key,
    'open to others': key,
    nothing: undefined,
    empty: '',
    garbled: key.slice(0, -40),
    'of another account': key.replace('"client_email": "remotion-sa@', '"client_email": "someone-else@'),
  };
  const text = contents[file];
  if (text === undefined) return;
  await mkdir(dirname(stage.keyFile), { mode: 0o700 });
  await writeFile(stage.keyFile, text, { mode: 0o600 });
  if (file === 'open to others') await chmod(stage.keyFile, 0o644);
}
