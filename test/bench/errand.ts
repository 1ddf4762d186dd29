import { join } from 'node:path';
import type { BenchCloud } from './cloud.ts';
import { folder } from './program.ts';

export const profile = 'remotion-cloudrun';
/** The part of its account's email before the @. */
export const accountId = 'remotion-sa';

/** Where the key of a project goes. */
export function keyFileOf(cloud: BenchCloud, project: string): string {
  return join(folder, 'keys', `${new URL(cloud.endpoint).port}-${project}.json`);
}

/** The arguments that `setup` and `check` of one project share. */
export function errandArgs(cloud: BenchCloud, project: string): string[] {
  return [
    `--profile=${profile}`,
    `--project=${project}`,
    `--endpoint=${cloud.endpoint}`,
    `--access-token-file=${cloud.tokenFile}`,
    `--key-file=${keyFileOf(cloud, project)}`,
    `--state-dir=${join(folder, 'state')}`,
  ];
}
