import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { exportAs, type ExportFlags } from '../../src/commands/export.ts';
import { exportFormats, type ExportFormat } from '../../src/commands/export/format.ts';
import { problemOf } from '../../src/commands/problem-of.ts';
import { Handover } from '../../src/handoff/export/handover.ts';
import { openStage } from '../flows/stage.ts';
import { readHcl } from '../handoff/export/read-hcl.ts';
import { intoMemory } from './into-memory.ts';

/** A stage, and what `iamready export` writes and tells there, with the operator's token unless flags leave it out. */
async function stageToExport() {
  onTestFinished(() => void vi.unstubAllEnvs());
  const stage = await openStage();
  const { endpoint, project, folder, keyFile } = stage;
  // Nobody of this machine is to sign in.
  for (const name of ['HOME', 'CLOUDSDK_CONFIG', 'XDG_CONFIG_HOME']) vi.stubEnv(name, folder);
  vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', '');
  const signedIn = { accessTokenFile: join(folder, 'access-token') };
  const run = async (format: ExportFormat, flags: ExportFlags = {}) => {
    const [out, err] = [intoMemory(), intoMemory()];
    const stateDir = join(folder, 'state');
    const all = { profile: 'remotion-cloudrun', project, endpoint, stateDir, keyFile, ...flags };
    const { signal } = new AbortController();
    try {
      await exportAs(format, all, signal, { out: out.out, err: err.out });
      return { text: out.text(), told: err.text(), problem: undefined };
    } catch (error) {
      return { text: out.text(), told: err.text(), problem: problemOf(error, signal) };
    }
  };
  return { ...stage, run, signedIn };
}

test('terraform imports all that stands, also what others added to the role, and nothing where nobody signs in', async () => {
  const { setup, cloud, run, signedIn } = await stageToExport();
  await setup({ tighten: 'compute' });
  const { includedPermissions } = await cloud.role();
  await cloud.patchRole(
    { includedPermissions: [...includedPermissions, 'run.jobs.get'] },
    'includedPermissions',
  );

  const { text, told } = await run('terraform', signedIn);
  expect(told).toBe('');
  const blocks = readHcl(text);
  const resources = blocks.filter(({ type }) => type === 'resource').map(({ labels }) => labels.join('.'));
  expect(resources).toHaveLength(8);
  expect(blocks.filter(({ type }) => type === 'import').map(({ attributes }) => attributes['to'])).toEqual(
    resources,
  );
  expect(text).toContain('"run.jobs.get"');
  const exact = await run('terraform', { ...signedIn, removeExtra: true });
  expect(exact.text).not.toContain('run.jobs.get');

  const offline = await run('terraform');
  expect(offline.told).toMatch(/^Not looked up: the cloud \(.+\)\.\n$/);
  expect(readHcl(offline.text).some(({ type }) => type === 'import')).toBe(false);
});

test('no format holds a key or a token, and none changes anything', async () => {
  const { setup, run, signedIn, writes, forgetRequests, keyFile, folder } = await stageToExport();
  await setup();
  const key: unknown = JSON.parse(await readFile(keyFile, 'utf8'));
  const { private_key, private_key_id } = key as { private_key: string; private_key_id: string };
  const token = await readFile(join(folder, 'access-token'), 'utf8');
  await forgetRequests();
  for (const format of exportFormats) {
    const { text, told, problem } = await run(format, signedIn);
    expect(problem?.exit, format).toBe(format === 'github-actions' ? 'usage' : undefined);
    for (const secret of [private_key.slice(28, 60), private_key_id, token])
      expect(text + told).not.toContain(secret);
  }
  expect(await writes()).toEqual([]);
});

test('what an earlier run was told is exported without a flag, and reads back as it was written', async () => {
  const { setup, run, signedIn } = await stageToExport();
  expect((await setup({ keyless: 'github', repository: 'acme/video', accountId: 'renderer' })).exit).toBe(0);
  const workflow = await run('github-actions', signedIn);
  expect(workflow.text).toContain('service_account: renderer@acme-video.iam.gserviceaccount.com');
  expect(workflow.text).toContain('projects/764086051850/locations/global/workloadIdentityPools/');
  const { text } = await run('json', signedIn);
  const read = Handover.parse(JSON.parse(text));
  expect(`${JSON.stringify(read, undefined, 2)}\n`).toBe(text);
  expect(read).toMatchObject({
    account: { id: 'renderer' },
    access: { kind: 'github', repository: 'acme/video' },
  });
});

test('what needs no look asks nobody; what cannot do without a number says who is to sign in', async () => {
  const { run, requests } = await stageToExport();
  const profile = 'cloud-run-jobs';
  for (const format of ['gcloud', 'env'] as const)
    expect(await run(format, { profile })).toMatchObject({ told: '', problem: undefined });
  expect(await requests()).toEqual([]);
  const { text, problem } = await run('config-connector', { profile });
  expect(text).toBe('');
  expect(problem).toMatchObject({ exit: 'blocked', next: expect.stringContaining('sign in') });
  const member = await run('gcloud', { keyless: 'impersonation' });
  expect(member.problem).toMatchObject({
    exit: 'unanswered',
    next: expect.stringContaining('--impersonator='),
  });
});

test('a file that it did not write is left, and one that it wrote is replaced', async () => {
  const { run, folder } = await stageToExport();
  const out = join(folder, 'setup.sh');
  await writeFile(out, 'theirs');
  const refused = await run('gcloud', { out });
  expect(refused.problem).toMatchObject({ exit: 'usage', next: expect.stringContaining('--force') });
  expect(await readFile(out, 'utf8')).toBe('theirs');
  expect(await run('gcloud', { out, force: true })).toMatchObject({ text: '', told: `Wrote ${out}.\n` });
  for (const format of ['env', 'json', 'terraform', 'gcloud'] as const)
    expect((await run(format, { out })).problem, format).toBeUndefined();
  expect(await readFile(out, 'utf8')).toMatch(/^#!\/bin\/sh\n/);
});
