import { expect, test } from 'vitest';
import { z } from 'zod';
import type { Json, TestCloud } from './kernel-cloud.ts';
import { errorOf, held, people, readPolicy, startCloud } from './kernel-cloud.ts';

const ORGANIZATION = 'organizations/583920471652';
const MEDIA = 'folders/418820519377';

const create = (cloud: TestCloud, token: string, body: Json) =>
  cloud.ask(token, 'POST', '/v3/projects', body);

const Failed = z.object({
  done: z.literal(true),
  error: z.object({ code: z.number(), message: z.string(), details: z.array(z.unknown()) }),
});

test('a project is made on the clock, then belongs to its maker, numbered, unbilled, with the default services', async () => {
  const cloud = await startCloud({ lag: 'typical' });
  const { body: begun } = await create(cloud, people.ada, {
    projectId: 'acme-new-render',
    displayName: 'New Render',
    parent: MEDIA,
    labels: { team: 'media' },
  });
  expect(begun.name).toMatch(/^operations\/cp\.\d{19}$/);
  expect(begun.done).toBeUndefined();
  expect((await cloud.ask(people.ada, 'GET', '/v3/projects/acme-new-render')).status).toBe(403);
  const operation = `/v3/${String(begun.name)}`;
  await cloud.advance(2.9);
  expect((await cloud.get(operation)).done).toBeUndefined();
  await cloud.advance(5.2);
  const project = {
    projectId: 'acme-new-render',
    displayName: 'New Render',
    state: 'ACTIVE',
    parent: MEDIA,
    labels: { team: 'media' },
    name: expect.stringMatching(/^projects\/\d{12}$/) as unknown,
  };
  const done = await cloud.get(operation);
  expect(done).toMatchObject({ done: true, metadata: { gettable: true, ready: true }, response: project });
  expect(await cloud.get('/v3/projects/acme-new-render')).toMatchObject(project);

  expect((await readPolicy(cloud, 'projects/acme-new-render')).bindings).toEqual([
    { role: 'roles/owner', members: ['user:ada@acme.com'] },
  ]);
  expect(
    await held(cloud, people.ada, 'acme-new-render', 'resourcemanager.projects.setIamPolicy'),
  ).toHaveLength(1);
  const state = async (service: string) =>
    (await cloud.get(`/v1/projects/acme-new-render/services/${service}`)).state;
  expect(await state('storage.googleapis.com')).toBe('ENABLED');
  expect(await state('iam.googleapis.com')).toBe('DISABLED');
  const run = await cloud.ask(
    people.ada,
    'POST',
    '/v1/projects/acme-new-render/services/run.googleapis.com:enable',
    {},
  );
  expect(errorOf(run).reasons).toEqual(['UREQ_PROJECT_BILLING_NOT_FOUND']);
});

test.each([
  ['a project that one sees', 'acme-video'],
  ['a project that is deleted', 'acme-gone'],
  ['a project of strangers', 'somebody-elses'],
  ['a project that is being made', 'acme-twice'],
])('an ID that is taken by %s is refused with a 409 that says no more', async (_, projectId) => {
  const cloud = await startCloud({
    lag: 'typical',
    yaml: `v: 1
operator: ada@acme.com
project: acme-video
users: [{ email: ada@acme.com, token: bearer-of-ada }]
takenProjectIds: [somebody-elses]
projects:
  - { id: acme-video, number: 111122223333, policy: { bindings: [{ role: roles/owner, members: ['user:ada@acme.com'] }] } }
  - { id: acme-gone, number: 111122224444, state: DELETE_REQUESTED }
`,
  });
  expect((await create(cloud, cloud.token, { projectId: 'acme-twice' })).status).toBe(200);
  const answer = await create(cloud, cloud.token, { projectId });
  expect(answer.status).toBe(409);
  expect(errorOf(answer)).toMatchObject({ status: 'ALREADY_EXISTS', details: [] });
});

test.each([
  ['too short an ID', { projectId: 'acme5' }],
  ['an ID that ends with a hyphen', { projectId: 'acme-one-' }],
  ['an ID that begins with a digit', { projectId: '1acme-one' }],
  ['capitals in an ID', { projectId: 'Acme-One' }],
  ['no ID', {}],
  ['a word that IDs may not hold', { projectId: 'my-google-thing' }],
  ['too short a display name', { projectId: 'acme-one', displayName: 'abc' }],
  ['an underscore in a display name', { projectId: 'acme-one', displayName: 'acme_one' }],
  ['a parent that is none', { projectId: 'acme-one', parent: 'projects/acme-video' }],
  ['a name, which Google gives', { projectId: 'acme-one', name: 'projects/acme-one' }],
])('%s is refused at once, and leaves the ID free', async (_, body) => {
  const cloud = await startCloud();
  const answer = await create(cloud, cloud.token, body);
  expect(answer.status).toBe(400);
  expect(errorOf(answer).status).toBe('INVALID_ARGUMENT');
  expect((await create(cloud, cloud.token, { projectId: 'acme-one' })).body.done).toBe(true);
});

test('without a parent, a person of an organisation needs the permission on it, and the project goes there', async () => {
  const cloud = await startCloud();
  const refused = Failed.parse((await create(cloud, people.sam, { projectId: 'sams-project' })).body);
  expect(refused.error).toMatchObject({ code: 7, details: [{ resourceName: 'projects/sams-project' }] });
  expect(refused.error.message).toContain(ORGANIZATION);
  expect((await create(cloud, people.ada, { projectId: 'sams-project' })).body.response).toMatchObject({
    parent: ORGANIZATION,
  });
});

test('a person of no organisation makes projects outside of all, up to their quota', async () => {
  const cloud = await startCloud({
    yaml: `v: 1
operator: remy@studio.example
project: studio-one
projectQuota: 1
users: [{ email: remy@studio.example, token: bearer-of-remy }]
organizations: [{ id: 100200300, domain: acme.com }]
projects: [{ id: studio-one, number: 111122223333 }]
`,
  });
  const { body } = await create(cloud, cloud.token, { projectId: 'studio-two' });
  expect(body.response).toMatchObject({ projectId: 'studio-two', displayName: 'studio-two' });
  expect(body.response).not.toHaveProperty('parent');
  const inside = { projectId: 'studio-three', parent: 'organizations/100200300' };
  expect(Failed.parse((await create(cloud, cloud.token, inside)).body).error.code).toBe(7);
  const over = Failed.parse((await create(cloud, cloud.token, { projectId: 'studio-three' })).body);
  expect(over.error).toMatchObject({
    code: 8,
    details: [{ '@type': 'type.googleapis.com/google.rpc.QuotaFailure' }],
  });
  expect((await cloud.ask(cloud.token, 'GET', '/v3/projects/studio-three')).status).toBe(403);
});

test('v1 makes projects, too, in its own form', async () => {
  const cloud = await startCloud({ lag: 'typical' });
  const { name } = await cloud.post('/v1/projects', {
    projectId: 'acme-old-form',
    name: 'Old Form',
    parent: { type: 'folder', id: '418820519377' },
  });
  await cloud.advance(8.1);
  expect(await cloud.get(`/v1/${String(name)}`)).toMatchObject({
    done: true,
    response: { projectId: 'acme-old-form', name: 'Old Form', parent: { type: 'folder' } },
  });
});
