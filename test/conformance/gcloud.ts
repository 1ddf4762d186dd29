import { accessSync, constants } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { onTestFinished, test } from 'vitest';
import { cloud } from '../simulator/iam-cloud.ts';
import { gcloud } from './gclouds.ts';

function isInstalled(): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, 'gcloud'), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

const installed = isInstalled();
if (!installed) process.stderr.write('gcloud is not installed here: the tests that drive it are skipped.\n');

/** A test that real gcloud takes part in; skipped, with a notice, where there is none.. */
export const gcloudTest = installed ? test : test.skip;

/** A simulator for one test, and real gcloud pointed at it, with the owner's token and a configuration of its own. */
export async function cloudWithGcloud(options: Parameters<typeof cloud>[0] = {}) {
  const simulator = await cloud(options);
  const folder = await mkdtemp(join(tmpdir(), 'iamready-gcloud-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const token = join(folder, 'token');
  await writeFile(token, 'token-of-the-owner');
  const url = `${simulator.endpoint}/`;
  const env = {
    HOME: folder,
    CLOUDSDK_CONFIG: join(folder, 'config'),
    CLOUDSDK_CORE_PROJECT: 'sample',
    CLOUDSDK_CORE_DISABLE_PROMPTS: '1',
    CLOUDSDK_CORE_DISABLE_USAGE_REPORTING: 'true',
    CLOUDSDK_COMPONENT_MANAGER_DISABLE_UPDATE_CHECK: 'true',
    CLOUDSDK_API_ENDPOINT_OVERRIDES_IAM: url,
    CLOUDSDK_API_ENDPOINT_OVERRIDES_IAMCREDENTIALS: url,
    CLOUDSDK_API_ENDPOINT_OVERRIDES_ORGPOLICY: url,
    CLOUDSDK_API_ENDPOINT_OVERRIDES_POLICYTROUBLESHOOTER: url,
    CLOUDSDK_API_ENDPOINT_OVERRIDES_CLOUDRESOURCEMANAGER: url,
  };

  /**
   * Runs gcloud, as the owner or, with `own`, as whoever is in its configuration or in that credentials file; gives what it
   * said and its exit code.
   */
  const run = (args: readonly string[], own: boolean | string = false) =>
    gcloud(args, {
      ...env,
      ...(!own && { CLOUDSDK_AUTH_ACCESS_TOKEN_FILE: token }),
      ...(typeof own === 'string' && { CLOUDSDK_AUTH_CREDENTIAL_FILE_OVERRIDE: own }),
    });

  return {
    ...simulator,
    folder,
    /** Runs a command that must succeed and gives its answer. */
    gcloud: async (...args: string[]): Promise<unknown> => {
      const { exitCode, stdout, stderr } = await run([...args, '--format=json']);
      if (exitCode !== 0) throw new Error(`gcloud ${args.join(' ')}: ${stderr}`);
      return stdout === '' ? undefined : JSON.parse(stdout);
    },
    /** Runs a command that must fail and gives what it complains of. */
    complaint: async (...args: string[]): Promise<string> => {
      const { exitCode, stderr } = await run(args);
      if (exitCode === 0) throw new Error(`gcloud ${args.join(' ')} did not fail`);
      return stderr;
    },
    run,
  };
}
