import { expect, test } from 'vitest';
import { openStage } from './stage.ts';
import { worldWhere } from './worlds.ts';

const attached = { keyless: 'attached', runService: 'europe-west1/render' } as const;
const email = 'remotion-sa@acme-video.iam.gserviceaccount.com';

test('a service on Cloud Run runs as the account, and stays so', async () => {
  const render = {
    id: 'render',
    location: 'europe-west1',
    image: 'gcr.io/acme/render',
    labels: {},
    created: 0,
  };
  const stage = await openStage({ world: await worldWhere(() => ({ runServices: [render] })) });
  const run = await stage.setup(attached);
  expect(run).toMatchObject({ exit: 0, result: { status: 'ready', keyless: { kind: 'attached' } } });
  expect(
    await stage.cloud.call('GET', 'v2/projects/acme-video/locations/europe-west1/services/render'),
  ).toMatchObject({ template: { serviceAccount: email } });
  await stage.forgetRequests();
  expect((await stage.check()).exit).toBe(0);
  expect((await stage.setup()).exit).toBe(0);
  expect(await stage.writes()).toEqual([]);
});

test('for a service that is not deployed yet, the flag to deploy it with is told', async () => {
  const stage = await openStage();
  const run = await stage.setup(attached);
  expect(run).toMatchObject({ exit: 0, result: { status: 'ready' } });
  expect(run.result.keyless?.lines).toEqual([
    `gcloud run deploy render --region=europe-west1 --service-account=${email}`,
  ]);
});
