import { expect, test } from 'vitest';
import type { Json, TestCloud } from './kernel-cloud.ts';
import { bind, errorOf, people, startCloud } from './kernel-cloud.ts';

const LOCATION = '/v2/projects/acme-site/locations/europe-west1';
const SERVICE = `${LOCATION}/services/site`;
const ROBOT = 'site-deployer@acme-site.iam.gserviceaccount.com';
const body = (serviceAccount?: string): Json => ({
  labels: { team: 'web' },
  template: { containers: [{ image: 'hello' }], ...(serviceAccount && { serviceAccount }) },
});
const create = (cloud: TestCloud, token: string, sent: Json) =>
  cloud.ask(token, 'POST', `${LOCATION}/services?serviceId=site`, sent);

test('a service is made with an account, shown, changed and deleted', async () => {
  const cloud = await startCloud();
  const { body: operation } = await create(cloud, cloud.token, body(ROBOT));
  expect(operation).toMatchObject({
    name: expect.stringMatching(
      /^projects\/acme-site\/locations\/europe-west1\/operations\/[-0-9a-f]{36}$/,
    ) as string,
    done: true,
    response: { '@type': 'type.googleapis.com/google.cloud.run.v2.Service' },
  });
  expect(await cloud.get(`/v2/${String(operation.name)}`)).toEqual(operation);
  expect(await cloud.post(`/v2/${String(operation.name)}:wait`)).toEqual(operation);
  const made = await cloud.get(SERVICE);
  expect(made).toMatchObject({
    name: 'projects/acme-site/locations/europe-west1/services/site',
    template: { serviceAccount: ROBOT, timeout: '300s', containers: [{ image: 'hello' }] },
    labels: { team: 'web' },
    creator: 'ada@acme.com',
    terminalCondition: { type: 'Ready', state: 'CONDITION_SUCCEEDED' },
  });
  expect((await create(cloud, cloud.token, body(ROBOT))).status).toBe(409);

  await cloud.post('/v1/projects/acme-site/serviceAccounts', { accountId: 'site-runner' });
  const runner = 'site-runner@acme-site.iam.gserviceaccount.com';
  const mask = 'template.service_account,labels';
  await cloud.ask(cloud.token, 'PATCH', `${SERVICE}?updateMask=${mask}`, {
    template: { serviceAccount: runner },
  });
  const changed = await cloud.get(SERVICE);
  expect(changed).toMatchObject({
    generation: '2',
    uid: made.uid,
    template: { serviceAccount: runner, containers: [{ image: 'hello' }] },
  });
  expect(changed).not.toHaveProperty('labels');
  const stale = await cloud.ask(cloud.token, 'PATCH', SERVICE, { ...body(ROBOT), etag: made.etag });
  expect(errorOf(stale).status).toBe('ABORTED');

  expect(await cloud.get(`${LOCATION}/services`)).toEqual({ services: [changed] });
  await cloud.ask(cloud.token, 'DELETE', SERVICE);
  expect(errorOf(await cloud.ask(cloud.token, 'GET', SERVICE)).message).toBe(
    'service "projects/acme-site/locations/europe-west1/services/site" not found',
  );
});

test('whoever attaches an account must be allowed to act as it, and it must be there', async () => {
  const cloud = await startCloud();
  const refusal = async (token: string, email?: string) => {
    const answer = await create(cloud, token, body(email));
    return answer.status === 200 ? 'OK' : errorOf(answer).message;
  };
  expect(await refusal(people.liam, ROBOT)).toBe(
    "Permission 'run.services.create' denied on resource 'projects/acme-site/locations/europe-west1/services/site' (or resource may not exist).",
  );
  await bind(cloud, 'projects/acme-site', { role: 'roles/run.developer', members: ['user:liam@acme.com'] });
  const actAs = (email: string) =>
    `Permission 'iam.serviceaccounts.actAs' denied on service account ${email} (or it may not exist).`;
  expect(await refusal(people.liam, ROBOT)).toBe(actAs(ROBOT));
  const nobody = 'nobody@acme-site.iam.gserviceaccount.com';
  expect(await refusal(cloud.token, nobody)).toBe(actAs(nobody));
  expect(await refusal(cloud.token)).toBe(actAs('330917264410-compute@developer.gserviceaccount.com'));
  await bind(cloud, `projects/acme-site/serviceAccounts/${ROBOT}`, {
    role: 'roles/iam.serviceAccountUser',
    members: ['user:liam@acme.com'],
  });
  expect(await refusal(people.liam, ROBOT)).toBe('OK');
});

test('a deployment takes its time, and a wrong one is refused', async () => {
  const cloud = await startCloud({ lag: 'typical' });
  const { body: operation } = await create(cloud, cloud.token, body(ROBOT));
  expect(operation.done).toBeUndefined();
  await cloud.advance(20);
  expect((await cloud.get(`/v2/${String(operation.name)}`)).done).toBe(true);
  expect(await cloud.get(SERVICE)).toMatchObject({ observedGeneration: '1' });
  for (const sent of [{}, { template: { containers: [{}] } }, { ...body(ROBOT), wrong: 1 }])
    expect((await cloud.ask(cloud.token, 'PATCH', SERVICE, sent)).status).toBe(400);
  const off = await cloud.ask(cloud.token, 'GET', SERVICE.replace('acme-site', 'acme-video'));
  expect(errorOf(off).reasons).toEqual(['SERVICE_DISABLED']);
});
