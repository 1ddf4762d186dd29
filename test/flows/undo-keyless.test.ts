import { access, writeFile } from 'node:fs/promises';
import { expect, test, vi } from 'vitest';
import * as z from 'zod';
import { loginAt, logIn, withLogins } from './logins.ts';
import { openStage } from './stage.ts';
import { worldOf } from './world-of.ts';
import { worldWhere } from './worlds.ts';

const pool = 'v1/projects/acme-video/locations/global/workloadIdentityPools/iamready-github';
const steps = ({ taken = [] }: { taken?: readonly { step: string }[] | undefined }): string[] =>
  taken.map(({ step }) => step);

test('the way in for workflows is taken back: who may act as the account, the provider, the pool', async () => {
  const stage = await openStage();
  expect((await stage.setup({ keyless: 'github', repository: 'acme/video' })).exit).toBe(0);
  const { exit, result } = await stage.undo();
  expect([exit, ...steps(result)]).toEqual([
    ...[0, 'undo-access', 'undo-provider', 'undo-pool', 'undo-grant', 'undo-account', 'undo-role'],
  ]);
  expect(await stage.cloud.call('GET', pool)).toMatchObject({ state: 'DELETED' });
  expect(result.stays?.map(({ text }) => text).join()).toContain(
    'pool iamready-github: restorable for 30 days',
  );
  expect((await stage.undo()).result.taken).toEqual([]);
});

test('a pool into which somebody has put a provider stays with it, and the rest goes', async () => {
  const stage = await openStage();
  await stage.setup({ keyless: 'github', repository: 'acme/video' });
  const theirs = {
    oidc: { issuerUri: 'https://token.actions.githubusercontent.com' },
    attributeMapping: { 'google.subject': 'assertion.sub' },
    attributeCondition: "assertion.repository == 'acme/other'",
  };
  await stage.cloud.call('POST', `${pool}/providers?workloadIdentityPoolProviderId=theirs`, theirs);
  await vi.waitFor(() => stage.cloud.call('GET', `${pool}/providers/theirs`), { timeout: 20_000 });
  const { exit, result } = await stage.undo();
  expect([exit, result.refused?.map(({ step }) => step)]).toEqual([3, ['undo-pool']]);
  expect(result.refused?.[0]?.problem.what).toContain('did not make: theirs');
  expect(steps(result)).toContain('undo-provider');
});

test('a service on Cloud Run runs as the account that it had before, unless somebody has changed that since', async () => {
  const old = 'old-account@acme-video.iam.gserviceaccount.com';
  const usual = { location: 'europe-west1', serviceAccount: old, image: 'render', labels: {}, created: 0 };
  const world = await worldWhere(({ services }) => ({
    services: [...services, 'run.googleapis.com', 'iam.googleapis.com'],
    serviceAccounts: [{ id: 'old-account', disabled: false, created: 0, keys: [] }],
    runServices: [{ id: 'render', ...usual }],
  }));
  const Service = z.looseObject({ template: z.looseObject({ serviceAccount: z.string() }) });
  for (const changed of [false, true]) {
    const stage = await openStage({ world });
    const { setup, undo, cloud } = stage;
    const service = 'v2/projects/acme-video/locations/europe-west1/services/render';
    const runsAs = async () => Service.parse(await cloud.call('GET', service)).template.serviceAccount;
    const setAccount = async (serviceAccount: string): Promise<void> => {
      const mask = 'updateMask=template.serviceAccount';
      await cloud.call('PATCH', `${service}?${mask}`, { template: { serviceAccount } });
      await vi.waitFor(async () => expect(await runsAs()).toBe(serviceAccount), { timeout: 20_000 });
    };
    await setup({ keyless: 'attached', runService: 'europe-west1/render' });
    expect(await runsAs()).toBe(cloud.email);
    const other = (await cloud.createAccount('other-account')).email;
    if (changed) await setAccount(other);
    const { exit, result } = await undo();
    expect([exit, result.refused?.map(({ step }) => step), await runsAs()]).toEqual(
      changed ? [3, ['undo-run-service'], other] : [0, [], old],
    );
    expect(steps(result)).toContain('undo-account');
  }
});

test('a file with which programs act as the account goes, and one that holds something else by now stays', async () => {
  for (const changed of [false, true]) {
    const stage = await openStage({ world: withLogins(await worldWhere(() => ({}))) });
    const login = loginAt(stage.endpoint);
    await logIn(stage.folder, login);
    const before = await worldOf(stage.endpoint);
    await stage.setup({ keyless: 'impersonation', impersonator: 'user:ada@acme.com' });
    await access(stage.keyFile);
    if (changed) await writeFile(stage.keyFile, JSON.stringify(login));
    const { exit, result, events } = await stage.undo({ services: true });
    expect([exit, steps(result).includes('undo-credentials')]).toEqual([0, !changed]);
    if (changed) {
      await access(stage.keyFile);
      expect(JSON.stringify(events)).toContain('holds something else by now, and is left as it is');
    } else await expect(access(stage.keyFile)).rejects.toMatchObject({ code: 'ENOENT' });
    expect((await worldOf(stage.endpoint)).world).toEqual(before.world);
  }
});
