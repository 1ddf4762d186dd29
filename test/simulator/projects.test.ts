import { expect, test } from 'vitest';
import { z } from 'zod';
import type { Json } from './kernel-cloud.ts';
import { people, startCloud } from './kernel-cloud.ts';

const idsOf = (body: Json): string[] =>
  z
    .object({ projects: z.array(z.object({ projectId: z.string() })).default([]) })
    .parse(body)
    .projects.map(({ projectId }) => projectId);

test('a project is found by ID and by number, in the manner of either version', async () => {
  const cloud = await startCloud();
  const v1 = await cloud.get('/v1/projects/acme-video');
  expect(await cloud.get('/v1/projects/764086051850')).toEqual(v1);
  expect(v1).toEqual({
    projectNumber: '764086051850',
    projectId: 'acme-video',
    lifecycleState: 'ACTIVE',
    name: 'Acme Video',
    labels: { team: 'media', env: 'dev' },
    createTime: '2024-02-29T09:30:00Z',
    parent: { type: 'folder', id: '418820519377' },
  });
  expect(await cloud.get('/v3/projects/764086051850')).toMatchObject({
    name: 'projects/764086051850',
    parent: 'folders/418820519377',
    state: 'ACTIVE',
    displayName: 'Acme Video',
  });
});

test.each([
  ['', ['acme-video', 'acme-site', 'acme-live', 'acme-sandbox']],
  ['id:acme-s*', ['acme-site', 'acme-sandbox']],
  ['displayName:"ACME video"', ['acme-video']],
  ['state:ACTIVE', ['acme-video', 'acme-site', 'acme-live', 'acme-sandbox']],
  ['state:DELETE_REQUESTED', []],
  ['parent:folders/418820519377', ['acme-video', 'acme-site']],
  ['labels.env:prod', ['acme-live']],
  ['labels.env:*', ['acme-video', 'acme-site', 'acme-live']],
  ['labels.env:prod labels.team:web', ['acme-site', 'acme-live']],
  ['labels.env:dev AND labels.team:web', ['acme-site']],
  ['parent.type:folder parent.id:905177331204', ['acme-live']],
])('search for "%s" finds %j', async (query, ids) => {
  const cloud = await startCloud();
  expect(idsOf(await cloud.get(`/v3/projects:search?query=${encodeURIComponent(query)}`))).toEqual(ids);
  expect(idsOf(await cloud.get(`/v1/projects?filter=${encodeURIComponent(query)}`))).toEqual(ids);
});

test('search finds only what the caller may see', async () => {
  const cloud = await startCloud();
  const found = async (token: string) => idsOf((await cloud.ask(token, 'GET', '/v3/projects:search')).body);
  expect(await found(people.vera)).toEqual(['acme-video']);
  expect(await found(people.sam)).toEqual([]);
  expect(await found(people.liam)).toHaveLength(4);
});

test('list by parent asks for permission on the parent', async () => {
  const cloud = await startCloud();
  const list = (token: string) => cloud.ask(token, 'GET', '/v3/projects?parent=folders/418820519377');
  expect(idsOf((await list(people.olivia)).body)).toEqual(['acme-video', 'acme-site']);
  expect((await list(people.sam)).status).toBe(403);
});

test('pages join to the whole, and a token of another list is refused', async () => {
  const cloud = await startCloud();
  const first = await cloud.get('/v3/projects:search?pageSize=3');
  const token = String(first.nextPageToken);
  const second = await cloud.get(`/v3/projects:search?pageSize=3&pageToken=${token}`);
  expect([...idsOf(first), ...idsOf(second)]).toEqual([
    'acme-video',
    'acme-site',
    'acme-live',
    'acme-sandbox',
  ]);
  expect(second.nextPageToken).toBeUndefined();
  expect((await cloud.ask(cloud.token, 'GET', `/v1/projects?pageToken=${token}`)).status).toBe(400);
  expect((await cloud.ask(cloud.token, 'GET', '/v3/projects:search?pageToken=nonsense')).status).toBe(400);
});

test('a field mask leaves only what it names', async () => {
  const cloud = await startCloud();
  const body = await cloud.get('/v1/projects/acme-video?fields=projectId,parent(id),labels/env');
  expect(body).toEqual({ projectId: 'acme-video', labels: { env: 'dev' }, parent: { id: '418820519377' } });
});

test('ancestors are told from the project upwards', async () => {
  const cloud = await startCloud();
  expect(await cloud.post('/v1/projects/acme-video:getAncestry')).toEqual({
    ancestor: [
      { resourceId: { type: 'project', id: 'acme-video' } },
      { resourceId: { type: 'folder', id: '418820519377' } },
      { resourceId: { type: 'organization', id: '583920471652' } },
    ],
  });
});

test('organizations are searched in both versions and folders listed by who may', async () => {
  const cloud = await startCloud();
  expect(await cloud.post('/v1/organizations:search')).toMatchObject({
    organizations: [{ displayName: 'acme.com' }],
  });
  expect(await cloud.get('/v3/organizations:search?query=domain:acme.com')).toMatchObject({
    organizations: [{ name: 'organizations/583920471652', directoryCustomerId: 'C03k7xq2p' }],
  });
  expect(await cloud.get('/v3/organizations:search?query=domain:other.example')).toEqual({});
  const folder = await cloud.ask(people.olivia, 'GET', '/v3/folders/418820519377');
  expect(folder.body).toMatchObject({ displayName: 'Media', parent: 'organizations/583920471652' });
});

test('what is not an API is not found, and JSON that is none is refused', async () => {
  const cloud = await startCloud();
  expect((await cloud.ask(cloud.token, 'GET', '/v9/nothing')).status).toBe(404);
  expect((await cloud.ask(cloud.token, 'GET', '/v1/projects/acme-video:getNothing')).status).toBe(404);
  const response = await fetch(`${cloud.endpoint}/v1/projects/acme-video:getIamPolicy`, {
    method: 'POST',
    headers: { authorization: `Bearer ${cloud.token}`, 'content-type': 'application/json' },
    body: '{"options":',
  });
  expect(response.status).toBe(400);
  expect(response.headers.get('content-type')).toBe('application/json; charset=UTF-8');
  expect(response.headers.get('vary')).toBe('Origin, X-Origin, Referer');
});

test('a gzipped request is read', async () => {
  const cloud = await startCloud();
  const { gzipSync } = await import('node:zlib');
  const response = await fetch(
    `${cloud.endpoint}/v1/projects/acme-video:testIamPermissions?alt=json&%24.xgafv=2`,
    {
      method: 'POST',
      headers: {
        authorization: `Bearer ${cloud.token}`,
        'content-type': 'application/json',
        'content-encoding': 'gzip',
      },
      body: gzipSync(JSON.stringify({ permissions: ['resourcemanager.projects.get'] })),
    },
  );
  expect(await response.json()).toEqual({ permissions: ['resourcemanager.projects.get'] });
});
