import { accessSync, constants } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { loadProfile } from '../../src/profile/load.ts';
import type { BenchCloud } from './cloud.ts';
import { keyFileOf, profile } from './errand.ts';
import { folder, plainEnv, runProgram } from './program.ts';

/** Whether gcloud (and bash and curl, which the script takes besides) can be run here. */
export function hasGcloud(): boolean {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return ['gcloud', 'bash', 'curl'].every((tool) => folders.some((at) => canRun(join(at, tool))));
}

/** Makes the account ready with the gcloud script, and gives the milliseconds. @throws Error if a command fails. */
export async function gcloudSetup(cloud: BenchCloud, project: string): Promise<number> {
  const { role, account, services, permissions } = await loadProfile(profile);
  const keyFile = keyFileOf(cloud, project);
  await mkdir(dirname(keyFile), { recursive: true });
  const url = `${cloud.endpoint}/`;
  const { ms } = await runProgram(
    join(import.meta.dirname, 'gcloud-setup.sh'),
    [
      ...[
        project,
        keyFile,
        cloud.endpoint,
        role?.id ?? '',
        role?.title ?? '',
        account.id,
        account.displayName,
      ],
      ...[services, permissions].map((list) => list.map(({ name }) => name).join(',')),
    ],
    {
      env: {
        ...plainEnv,
        // One configuration for all rounds, so that gcloud is as warm as a person's.
        CLOUDSDK_CONFIG: join(folder, 'gcloud'),
        CLOUDSDK_CORE_DISABLE_PROMPTS: '1',
        // Else it talks to Google all the same.
        CLOUDSDK_CORE_DISABLE_USAGE_REPORTING: 'true',
        CLOUDSDK_COMPONENT_MANAGER_DISABLE_UPDATE_CHECK: 'true',
        CLOUDSDK_AUTH_ACCESS_TOKEN_FILE: cloud.tokenFile,
        CLOUDSDK_API_ENDPOINT_OVERRIDES_CLOUDRESOURCEMANAGER: url,
        CLOUDSDK_API_ENDPOINT_OVERRIDES_IAM: url,
        CLOUDSDK_API_ENDPOINT_OVERRIDES_SERVICEUSAGE: url,
      },
    },
  );
  return ms;
}

function canRun(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
