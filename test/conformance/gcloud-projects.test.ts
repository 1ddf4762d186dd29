import { execa } from 'execa';
import { afterAll, expect } from 'vitest';
import { bin } from '../commands/iamready.ts';
import { gcloudTest } from './gcloud.ts';
import { gcloud } from './gclouds.ts';

const LINES = 20;

/** The simulator with --print-env in a process of its own, started once, and real gcloud in the environment that it printed. */
async function startPrinting() {
  const child = execa(process.execPath, [bin, 'simulate', '--print-env'], { reject: false });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  await expect.poll(() => text.split('\n').length).toBeGreaterThan(LINES);
  const env: Record<string, string | undefined> = Object.fromEntries(
    [...text.matchAll(/^export (\w+)='(.*)'$/gm)].map(([, name, value]) => [name, value]),
  );
  const run = (...args: string[]) => gcloud(args, env);
  return {
    run,
    gcloud: async (...args: string[]): Promise<unknown> => {
      const { exitCode, stdout, stderr } = await run(...args, '--format=json');
      if (exitCode !== 0) throw new Error(`gcloud ${args.join(' ')}: ${stderr}`);
      return stdout === '' ? undefined : JSON.parse(stdout);
    },
    async stop(): Promise<void> {
      child.kill('SIGTERM');
      await child;
    },
  };
}

let printing: ReturnType<typeof startPrinting> | undefined;
const gcloudOfPrintedEnvironment = () => (printing ??= startPrinting());
afterAll(async () => (await printing)?.stop());

gcloudTest('gcloud, in the environment that was printed, enables services and sees them', async () => {
  const { gcloud, run } = await gcloudOfPrintedEnvironment();
  expect(await gcloud('projects', 'describe', 'acme-video')).toMatchObject({ projectNumber: '764086051850' });
  await gcloud('services', 'enable', 'run.googleapis.com', 'iam.googleapis.com');
  const enabled = await gcloud('services', 'list', '--enabled');
  expect(JSON.stringify(enabled)).toContain('projects/764086051850/services/run.googleapis.com');
  await gcloud('services', 'disable', 'run.googleapis.com', '--force');
  expect(JSON.stringify(await gcloud('services', 'list', '--enabled'))).not.toContain('run.googleapis.com');
  const { exitCode, stderr } = await run(
    'services',
    'enable',
    'run.googleapis.com',
    '--project=acme-sandbox',
  );
  expect(exitCode).toBe(1);
  expect(stderr).toContain('UREQ_PROJECT_BILLING_NOT_FOUND');
});

gcloudTest(
  'gcloud adds and removes bindings with and without conditions, and loses nothing else',
  async () => {
    const { gcloud } = await gcloudOfPrintedEnvironment();
    const read = () => gcloud('projects', 'get-iam-policy', 'acme-video');
    const bind = (verb: 'add' | 'remove', role: string, condition: string) =>
      gcloud(
        'projects',
        `${verb}-iam-policy-binding`,
        'acme-video',
        '--member=user:liam@acme.com',
        `--role=${role}`,
        `--condition=${condition}`,
      );
    const soon = 'title=soon,expression=request.time < timestamp("2039-01-01T00:00:00Z")';
    const before = await read();
    await bind('add', 'roles/run.viewer', 'None');
    await bind('add', 'roles/run.admin', soon);
    expect(await read()).toMatchObject({
      version: 3,
      bindings: expect.arrayContaining([
        { role: 'roles/run.viewer', members: ['user:liam@acme.com'] },
        {
          role: 'roles/run.admin',
          members: ['user:liam@acme.com'],
          condition: { title: 'soon', expression: 'request.time < timestamp("2039-01-01T00:00:00Z")' },
        },
      ]) as unknown,
    });
    await bind('remove', 'roles/run.viewer', 'None');
    await bind('remove', 'roles/run.admin', soon);
    expect(await read()).toEqual({ ...(before as object), etag: expect.any(String) as string });
  },
);

gcloudTest('gcloud acts as a service account that its user may impersonate', async () => {
  const { gcloud, run } = await gcloudOfPrintedEnvironment();
  const email = 'site-deployer@acme-site.iam.gserviceaccount.com';
  const impersonate = () =>
    run('projects', 'describe', 'acme-site', `--impersonate-service-account=${email}`);
  expect((await impersonate()).stderr).toContain('iam.serviceAccounts.getAccessToken');
  const bind = (member: string, role: string) =>
    gcloud('projects', 'add-iam-policy-binding', 'acme-site', `--member=${member}`, `--role=${role}`);
  await bind('user:ada@acme.com', 'roles/iam.serviceAccountTokenCreator');
  await bind(`serviceAccount:${email}`, 'roles/browser');
  expect((await impersonate()).stdout).toContain('acme-site');
});

gcloudTest('gcloud makes a project, waits for it, and links it to a billing account', async () => {
  const { gcloud } = await gcloudOfPrintedEnvironment();
  const name = 'billingAccounts/01A4C7-5E90B2-D3F816';
  // It turns cloudapis.googleapis.com on by itself.
  await gcloud('projects', 'create', 'acme-by-gcloud', '--folder=418820519377', '--name=By gcloud');
  expect(
    await gcloud('billing', 'projects', 'link', 'acme-by-gcloud', `--billing-account=${name.slice(16)}`),
  ).toMatchObject({ billingAccountName: name, billingEnabled: true });
});
