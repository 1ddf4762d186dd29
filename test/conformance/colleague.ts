import { join } from 'node:path';
import { openStage } from '../flows/stage.ts';
import { gcloud } from './gclouds.ts';

/** A stage, and a colleague beside it who works with gcloud on the same project; `env` is what their gcloud needs. */
export async function stageWithColleague(options: Parameters<typeof openStage>[0] = {}) {
  const stage = await openStage(options);
  const token = join(stage.folder, 'access-token');
  const url = `${stage.endpoint}/`;
  const env = {
    HOME: stage.folder,
    CLOUDSDK_CONFIG: join(stage.folder, 'gcloud'),
    CLOUDSDK_CORE_PROJECT: stage.project,
    CLOUDSDK_CORE_DISABLE_PROMPTS: '1',
    CLOUDSDK_CORE_DISABLE_USAGE_REPORTING: 'true',
    CLOUDSDK_COMPONENT_MANAGER_DISABLE_UPDATE_CHECK: 'true',
    CLOUDSDK_AUTH_ACCESS_TOKEN_FILE: token,
    CLOUDSDK_API_ENDPOINT_OVERRIDES_IAM: url,
    CLOUDSDK_API_ENDPOINT_OVERRIDES_CLOUDRESOURCEMANAGER: url,
    CLOUDSDK_API_ENDPOINT_OVERRIDES_RUN: url,
    CLOUDSDK_API_ENDPOINT_OVERRIDES_SERVICEUSAGE: url,
    CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE: `${url}storage/v1/`,
  };
  const run = async (...args: string[]): Promise<string> => {
    const { exitCode, stdout, stderr } = await gcloud(args, env);
    if (exitCode !== 0) throw new Error(`gcloud ${args.join(' ')}: ${stderr}`);
    return stdout;
  };
  const account = `remotion-sa@${stage.project}.iam.gserviceaccount.com`;
  const role = `projects/${stage.project}/roles/RemotionSA`;
  return { ...stage, gcloud: run, env, account, role };
}
