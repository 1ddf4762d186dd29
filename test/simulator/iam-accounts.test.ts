import { expect, test } from 'vitest';
import { DAY, account as inWorld, cloud, errorOf, names, statusOf } from './iam-cloud.ts';

const ACCOUNTS = 'projects/sample/serviceAccounts';
const EMAIL = 'renderer@sample.iam.gserviceaccount.com';
const make = (accountId: string, serviceAccount: object = {}) => ({ accountId, serviceAccount });

test('a created account has the shape that Google gives it, and is found by e-mail, unique ID and without project', async () => {
  const { owner } = await cloud();
  const made = await owner.post(
    ACCOUNTS,
    make('renderer', { displayName: 'Renderer', description: 'Renders' }),
  );
  expect(made).toEqual({
    name: `${ACCOUNTS}/${EMAIL}`,
    projectId: 'sample',
    uniqueId: expect.stringMatching(/^\d{21}$/) as string,
    email: EMAIL,
    displayName: 'Renderer',
    description: 'Renders',
    etag: 'MDEwMjE5MjA=',
    oauth2ClientId: made.uniqueId,
  });
  for (const path of [
    `${ACCOUNTS}/${EMAIL}`,
    `${ACCOUNTS}/${String(made.uniqueId)}`,
    `projects/-/serviceAccounts/${EMAIL}`,
  ]) {
    expect(await owner.get(path)).toEqual(made);
  }
});

test('an account ID, display name or description that breaks its limit is refused', async () => {
  const { owner } = await cloud();
  for (const body of [
    make('short'),
    make('x'.repeat(31)),
    make('1digit-first'),
    make('ends-with-'),
    make('Upper-case'),
    make('renderer', { displayName: 'x'.repeat(101) }),
    make('renderer', { description: 'x'.repeat(257) }),
  ]) {
    expect(await statusOf(owner, 'POST', ACCOUNTS, body), JSON.stringify(body)).toBe('INVALID_ARGUMENT');
  }
  expect(await errorOf(owner, 'POST', ACCOUNTS, make('short'))).toBe(
    'The account ID "short" does not have a length between 6 and 30.',
  );
});

test('an e-mail that is taken is a 409, and the hundred-and-first account a 429', async () => {
  const { owner } = await cloud();
  await owner.post(ACCOUNTS, make('renderer'));
  expect(await owner.refused('POST', ACCOUNTS, make('renderer'))).toEqual({
    error: {
      code: 409,
      message: 'Service account renderer already exists within project projects/sample.',
      errors: [
        {
          message: 'Service account renderer already exists within project projects/sample.',
          domain: 'global',
          reason: 'alreadyExists',
        },
      ],
      status: 'ALREADY_EXISTS',
    },
  });
  await Promise.all(Array.from({ length: 99 }, (_, i) => owner.post(ACCOUNTS, make(`account-${i}`))));
  expect(await owner.refused('POST', ACCOUNTS, make('one-more'))).toEqual({
    error: {
      code: 429,
      message: 'Maximum number of service accounts on project reached.',
      status: 'RESOURCE_EXHAUSTED',
      details: [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '86401s' }],
    },
  });
  const first = await owner.get(ACCOUNTS);
  expect(names(first, 'accounts')).toHaveLength(20);
  const rest = await owner.get(`${ACCOUNTS}?pageSize=100&pageToken=${String(first.nextPageToken)}`);
  expect(names(rest, 'accounts')).toHaveLength(80);
  expect(rest).not.toHaveProperty('nextPageToken');
});

test('an account that never was is a 404 in its project, and a 403 without one', async () => {
  const { owner, stranger } = await cloud();
  expect(await owner.refused('GET', `${ACCOUNTS}/${EMAIL}`)).toEqual({
    error: {
      code: 404,
      message: 'Unknown service account',
      errors: [{ message: 'Unknown service account', domain: 'global', reason: 'notFound' }],
      status: 'NOT_FOUND',
    },
  });
  expect(await statusOf(owner, 'GET', `projects/-/serviceAccounts/${EMAIL}`)).toBe('PERMISSION_DENIED');
  expect(await statusOf(stranger, 'GET', `${ACCOUNTS}/${EMAIL}`)).toBe('PERMISSION_DENIED');
});

test('reads flap after a create while writes are judged by the truth', async () => {
  const { owner, advance } = await cloud({ lag: 'rough', seed: 3 });
  await owner.post(ACCOUNTS, make('renderer'));
  const seen = new Set<string>();
  for (let i = 0; i < 40; i++) seen.add(await statusOf(owner, 'GET', `${ACCOUNTS}/${EMAIL}`));
  expect(seen).toEqual(new Set(['OK', 'NOT_FOUND']));
  expect(await statusOf(owner, 'POST', ACCOUNTS, make('renderer'))).toBe('ALREADY_EXISTS');
  await advance(120_000);
  for (let i = 0; i < 10; i++) expect(await statusOf(owner, 'GET', `${ACCOUNTS}/${EMAIL}`)).toBe('OK');
});

test('a replica that has not learnt of an account says so in its own words', async () => {
  const { owner } = await cloud({ lag: 'rough', seed: 3 });
  await owner.post(ACCOUNTS, make('renderer'));
  const texts = new Set<string>();
  for (let i = 0; i < 40; i++) texts.add(await errorOf(owner, 'GET', `${ACCOUNTS}/${EMAIL}`));
  expect(texts).toContain(`Service account ${ACCOUNTS}/${EMAIL} does not exist.`);
});

test('PATCH answers only the name and what it changed, and PUT sets both texts', async () => {
  const { owner } = await cloud();
  await owner.post(ACCOUNTS, make('renderer', { displayName: 'Old', description: 'Stays' }));
  const patch = {
    serviceAccount: { displayName: 'New', description: 'Ignored' },
    updateMask: 'display_name',
  };
  expect(await owner.patch(`${ACCOUNTS}/${EMAIL}`, patch)).toEqual({
    name: `${ACCOUNTS}/${EMAIL}`,
    displayName: 'New',
  });
  expect(await owner.get(`${ACCOUNTS}/${EMAIL}`)).toMatchObject({ displayName: 'New', description: 'Stays' });
  expect(await owner.put(`${ACCOUNTS}/${EMAIL}`, { displayName: 'Put' })).toMatchObject({
    displayName: 'Put',
  });
  expect(await owner.get(`${ACCOUNTS}/${EMAIL}`)).not.toHaveProperty('description');
});

test('disabling shows, enabling takes it away, and both answer nothing', async () => {
  const { owner } = await cloud();
  await owner.post(ACCOUNTS, make('renderer'));
  expect(await owner.post(`${ACCOUNTS}/${EMAIL}:disable`, {})).toEqual({});
  expect(await owner.get(`${ACCOUNTS}/${EMAIL}`)).toMatchObject({ disabled: true });
  expect(await owner.post(`${ACCOUNTS}/${EMAIL}:enable`, {})).toEqual({});
  expect(await owner.get(`${ACCOUNTS}/${EMAIL}`)).not.toHaveProperty('disabled');
});

test('a re-created account is another one: it does not regain its bindings', async () => {
  const { owner } = await cloud();
  const first = await owner.post(ACCOUNTS, make('renderer'));
  const policy = await owner.post('projects/sample:getIamPolicy', {});
  const bindings = [
    ...(policy.bindings as object[]),
    { role: 'roles/run.invoker', members: [`serviceAccount:${EMAIL}`] },
  ];
  await owner.post('projects/sample:setIamPolicy', { policy: { ...policy, bindings } });
  expect(await owner.delete(`${ACCOUNTS}/${EMAIL}`)).toEqual({});
  expect(await errorOf(owner, 'GET', `${ACCOUNTS}/${EMAIL}`)).toBe(
    `Account deleted: ${String(first.uniqueId)}`,
  );
  const second = await owner.post(ACCOUNTS, make('renderer'));
  expect(second.uniqueId).not.toBe(first.uniqueId);
  expect(JSON.stringify(await owner.post('projects/sample:getIamPolicy', {}))).toContain(
    `"deleted:serviceAccount:${EMAIL}?uid=${String(first.uniqueId)}"`,
  );
  expect(await statusOf(owner, 'POST', `${ACCOUNTS}/${String(first.uniqueId)}:undelete`, {})).toBe(
    'ALREADY_EXISTS',
  );
});

test('an account can be undeleted by its unique ID for 30 days, with its bindings', async () => {
  const { owner, advance } = await cloud();
  const made = await owner.post(ACCOUNTS, make('renderer'));
  const byId = `${ACCOUNTS}/${String(made.uniqueId)}`;
  const policy = await owner.post('projects/sample:getIamPolicy', {});
  const bindings = [
    ...(policy.bindings as object[]),
    { role: 'roles/run.invoker', members: [`serviceAccount:${EMAIL}`] },
  ];
  await owner.post('projects/sample:setIamPolicy', { policy: { ...policy, bindings } });
  await owner.delete(byId);
  await advance(29 * DAY);
  expect(await owner.post(`${byId}:undelete`, {})).toEqual({ restoredAccount: made });
  expect(await owner.get(byId)).toEqual(made);
  expect(JSON.stringify(await owner.post('projects/sample:getIamPolicy', {}))).toContain(
    `"serviceAccount:${EMAIL}"`,
  );
  await owner.delete(byId);
  await advance(31 * DAY);
  expect(await statusOf(owner, 'POST', `${byId}:undelete`, {})).toBe('NOT_FOUND');
  expect(await errorOf(owner, 'GET', byId)).toBe('Unknown service account');
});

test('an account is a resource with a policy of its own, below its project', async () => {
  const { owner, stranger } = await cloud();
  await owner.post(ACCOUNTS, make('renderer'));
  const path = `${ACCOUNTS}/${EMAIL}`;
  expect(await owner.post(`${path}:getIamPolicy`, {})).toEqual({ etag: 'ACAB' });
  const asked = {
    permissions: ['iam.serviceAccounts.actAs', 'iam.serviceAccounts.get', 'iam.serviceAccounts.delete'],
  };
  expect(await stranger.post(`${path}:testIamPermissions`, asked)).toEqual({});
  const written = await owner.post(`${path}:setIamPolicy`, {
    policy: {
      etag: 'ACAB',
      bindings: [{ role: 'roles/iam.serviceAccountUser', members: ['user:stranger@example.com'] }],
    },
  });
  expect(await owner.post(`${path}:getIamPolicy?options.requestedPolicyVersion=3`, undefined)).toEqual(
    written,
  );
  expect(await stranger.post(`${path}:testIamPermissions`, asked)).toEqual({
    permissions: ['iam.serviceAccounts.actAs', 'iam.serviceAccounts.get'],
  });
  expect(await statusOf(stranger, 'GET', path)).toBe('OK');
  expect(await statusOf(stranger, 'GET', ACCOUNTS)).toBe('PERMISSION_DENIED');
  expect(await statusOf(owner, 'POST', `${path}:setIamPolicy`, { policy: { etag: 'ACAB' } })).toBe('ABORTED');
  expect(
    await statusOf(owner, 'POST', `${path}:testIamPermissions`, { permissions: ['run.services.get'] }),
  ).toBe('INVALID_ARGUMENT');
});

test('a role that says nothing of accounts cannot be granted on one', async () => {
  const { owner } = await cloud();
  await owner.post(ACCOUNTS, make('renderer'));
  const policy = { bindings: [{ role: 'roles/run.invoker', members: ['user:stranger@example.com'] }] };
  expect(await errorOf(owner, 'POST', `${ACCOUNTS}/${EMAIL}:setIamPolicy`, { policy })).toBe(
    'Role roles/run.invoker is not supported for this resource.',
  );
});

test('an account calls with what its project grants it', async () => {
  const { owner, as } = await cloud();
  expect(await inWorld(owner, 'renderer')).toBe(EMAIL);
  const renderer = await as(EMAIL);
  expect(await statusOf(renderer, 'GET', ACCOUNTS)).toBe('PERMISSION_DENIED');
  const policy = await owner.post('projects/sample:getIamPolicy', {});
  const bindings = [
    ...(policy.bindings as object[]),
    { role: 'roles/iam.serviceAccountViewer', members: [`serviceAccount:${EMAIL}`] },
  ];
  await owner.post('projects/sample:setIamPolicy', { policy: { ...policy, bindings } });
  expect(await statusOf(renderer, 'GET', ACCOUNTS)).toBe('OK');
});

test('where an organization policy forbids accounts, none is created', async () => {
  const { owner } = await cloud({ constraint: 'iam.disableServiceAccountCreation' });
  expect(await owner.refused('POST', ACCOUNTS, make('renderer'))).toMatchObject({
    error: {
      status: 'FAILED_PRECONDITION',
      details: [{ violations: [{ type: 'constraints/iam.disableServiceAccountCreation' }] }],
    },
  });
});
