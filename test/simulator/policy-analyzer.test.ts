import { beforeAll, expect, test } from 'vitest';
import type { Json, TestCloud } from './kernel-cloud.ts';
import { errorOf, makePair, startCloud } from './kernel-cloud.ts';

const ROBOT = 'robot-one@acme-one.iam.gserviceaccount.com';
const KEYS = `//iam.googleapis.com/projects/acme-one/serviceAccounts/${ROBOT}/keys`;
const [NEW, OLD, DEAD] = ['a', 'b', 'c'].map((digit) => digit.repeat(40)) as [string, string, string];
let pair: ReturnType<typeof makePair>;
beforeAll(() => {
  pair = makePair();
});

const start = (options = {}): Promise<TestCloud> => {
  const publicKey = JSON.stringify(pair.publicKey);
  return startCloud({
    ...options,
    yaml: `
v: 1
operator: ada@acme.com
project: acme-one
users: [{ email: ada@acme.com, token: bearer-of-ada }, { email: eve@acme.com, token: bearer-of-eve }]
projects:
  - id: acme-one
    number: '111122223333'
    services: [iam.googleapis.com, policyanalyzer.googleapis.com]
    serviceAccounts:
      - id: robot-one
        keys:
          - { id: ${NEW}, publicKey: ${publicKey}, origin: GOOGLE_PROVIDED, created: -2d }
          - { id: ${OLD}, publicKey: ${publicKey}, lastAuthenticated: '2026-05-04T06:30:00Z', expires: +30d }
          - { id: ${DEAD}, publicKey: ${publicKey}, expires: -1d }
    policy: { bindings: [{ role: roles/viewer, members: ['user:ada@acme.com'] }] }
`,
  });
};

const signIn = async (cloud: TestCloud, key: string) => {
  const iat = Math.floor(Date.now() / 1000);
  const claims = { iss: ROBOT, aud: 'https://oauth2.googleapis.com/token', scope: 'x', iat, exp: iat + 3600 };
  return (await cloud.exchange(pair.sign(claims, key))).status;
};
const query = async (cloud: TestCloud, type: string, filter = '') =>
  ((
    await cloud.get(
      `/v1/projects/acme-one/locations/global/activityTypes/${type}/activities:query?filter=${encodeURIComponent(filter)}`,
    )
  ).activities ?? []) as Json[];
/** The day that an activity tells; undefined when nothing was seen. */
const lastOf = (activity: Json | undefined) =>
  (activity?.activity as Json | undefined)?.lastAuthenticatedTime;

test('the last sign-in with a key is told to the day, and what was never used has none', async () => {
  const cloud = await start();
  const keys = await query(cloud, 'serviceAccountKeyLastAuthentication');
  expect(keys.map(({ fullResourceName }) => fullResourceName)).toEqual(
    [NEW, OLD, DEAD].map((id) => `${KEYS}/${id}`),
  );
  // The day before, since days begin at seven.
  expect(keys.map(lastOf)).toEqual([undefined, '2026-05-03T07:00:00Z', undefined]);
  expect(keys[1]).toMatchObject({
    activityType: 'serviceAccountKeyLastAuthentication',
    activity: { serviceAccountKey: { fullResourceName: `${KEYS}/${OLD}`, projectNumber: '111122223333' } },
  });

  expect(await signIn(cloud, NEW)).toBe(200);
  expect(await signIn(cloud, DEAD)).toBe(400);
  const filter = `activities.full_resource_name = "${KEYS}/${NEW}" OR activities.fullResourceName="${KEYS}/${DEAD}"`;
  const found = await query(cloud, 'serviceAccountKeyLastAuthentication', filter);
  expect(found.map(lastOf)).toEqual([expect.stringMatching(/T07:00:00Z$/) as string, undefined]);
  expect((await query(cloud, 'serviceAccountLastAuthentication')).map(lastOf)).toEqual([lastOf(found[0])]);
});

test('with lagging replicas a sign-in is told when its day is over', async () => {
  const cloud = await start({ lag: 'typical' });
  const told = async () =>
    lastOf(
      (
        await query(
          cloud,
          'serviceAccountKeyLastAuthentication',
          `activities.full_resource_name="${KEYS}/${NEW}"`,
        )
      )[0],
    );
  expect(await signIn(cloud, NEW)).toBe(200);
  expect(await told()).toBeUndefined();
  await cloud.advance(24 * 3600);
  expect(await told()).toMatch(/T07:00:00Z$/);
});

test('the world file dates its keys and says who made them', async () => {
  const cloud = await start();
  const list = (await cloud.get(`/v1/projects/acme-one/serviceAccounts/${ROBOT}/keys?keyTypes=USER_MANAGED`))
    .keys as Json[];
  expect(list.map(({ keyOrigin }) => keyOrigin)).toEqual([
    'GOOGLE_PROVIDED',
    'USER_PROVIDED',
    'USER_PROVIDED',
  ]);
  const { now } = await cloud.get('/_/clock');
  const days = (time: unknown) =>
    Math.round((Date.parse(String(time)) - Date.parse(String(now))) / (24 * 3600 * 1000));
  expect(days(list[0]?.validAfterTime)).toBe(-2);
  expect(list[0]?.validBeforeTime).toBe('9999-12-31T23:59:59Z');
  expect(list.slice(1).map(({ validBeforeTime }) => days(validBeforeTime))).toEqual([30, -1]);
});

test('activities need their permission, a known type and a filter that makes sense', async () => {
  const cloud = await start();
  const path = '/v1/projects/acme-one/locations/global/activityTypes';
  const type = 'serviceAccountKeyLastAuthentication';
  const denied = await cloud.ask('bearer-of-eve', 'GET', `${path}/${type}/activities:query`);
  expect(errorOf(denied)).toMatchObject({
    reasons: ['IAM_PERMISSION_DENIED'],
    details: [{ metadata: { permission: `policyanalyzer.${type}Activities.query` } }],
  });
  for (const wrong of ['nothing/activities:query', `${type}/activities:query?filter=name%3Dx`])
    expect((await cloud.ask(cloud.token, 'GET', `${path}/${wrong}`)).status).toBe(400);
});
