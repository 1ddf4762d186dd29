import { v2 } from '@google-cloud/iam';
import { OAuth2Client } from 'google-auth-library';
import { expect, onTestFinished, test } from 'vitest';
import { errorOf, held, startCloud } from '../simulator/kernel-cloud.ts';

const account = 'robot-one@acme-one.iam.gserviceaccount.com';
const yaml = `
v: 1
operator: ada@acme.com
project: acme-one
users:
  - { email: ada@acme.com, token: bearer-of-ada }
  - { email: sam@acme.com, token: bearer-of-sam }
organizations:
  - id: '100200300'
    domain: acme.com
    policy:
      bindings:
        - { role: roles/iam.denyAdmin, members: ['user:ada@acme.com'] }
folders: [{ id: '400500600', displayName: Media, parent: organizations/100200300 }]
projects:
  - id: acme-one
    number: '111122223333'
    parent: folders/400500600
    services: [iam.googleapis.com, cloudresourcemanager.googleapis.com]
    serviceAccounts: [{ id: robot-one }]
    policy: { bindings: [{ role: roles/owner, members: ['user:ada@acme.com'] }] }
`;

/** Google's own client of deny policies, pointed at the endpoint. */
function policiesClient(endpoint: string, token: string) {
  const authClient = new OAuth2Client();
  authClient.setCredentials({ access_token: token });
  const { hostname, port } = new URL(endpoint);
  const client = new v2.PoliciesClient({
    fallback: true,
    protocol: 'http',
    apiEndpoint: hostname,
    port: Number(port),
    authClient,
  });
  onTestFinished(() => client.close());
  return client;
}

test("Google's client creates, reads, lists, changes and deletes a deny policy, which holds in between", async () => {
  const cloud = await startCloud({ yaml, quota: false });
  const client = policiesClient(cloud.endpoint, cloud.token);
  const GET = 'resourcemanager.projects.get';
  for (const [point, shown] of [
    ['organizations/100200300', 'organizations%2F100200300'],
    ['folders/400500600', 'folders%2F400500600'],
    ['projects/acme-one', 'projects%2F111122223333'],
    ['projects/111122223333', 'projects%2F111122223333'],
  ]) {
    const parent = `policies/${encodeURIComponent(`cloudresourcemanager.googleapis.com/${point}`)}/denypolicies`;
    const name = `policies/cloudresourcemanager.googleapis.com%2F${shown}/denypolicies/no-reading`;
    const rule = {
      deniedPrincipals: [
        'principalSet://goog/public:all',
        `principal://iam.googleapis.com/projects/-/serviceAccounts/${account}`,
      ],
      deniedPermissions: ['cloudresourcemanager.googleapis.com/projects.get'],
    };
    const policy = { displayName: 'No reading', rules: [{ description: 'for now', denyRule: rule }] };
    expect(await held(cloud, cloud.token, 'acme-one', GET)).toEqual([GET]);

    const [creation] = await client.createPolicy({ parent, policyId: 'no-reading', policy });
    const [created] = await creation.promise();
    expect(created).toMatchObject({ name, displayName: 'No reading', kind: 'DenyPolicy' });
    expect(await held(cloud, cloud.token, 'acme-one', GET)).toEqual([]);

    const [listed] = await client.listPolicies({ parent });
    expect(listed).toMatchObject([{ name, etag: created.etag, uid: created.uid, rules: [] }]);
    const [read] = await client.getPolicy({ name });
    expect(read.rules).toMatchObject([{ description: 'for now', denyRule: rule }]);

    const changed = { denyRule: { ...rule, exceptionPrincipals: ['principal://goog/subject/ada@acme.com'] } };
    const [update] = await client.updatePolicy({ policy: { ...read, rules: [changed] } });
    const [updated] = await update.promise();
    expect(updated.etag).not.toBe(created.etag);
    expect(await held(cloud, cloud.token, 'acme-one', GET)).toEqual([GET]);
    await expect(client.updatePolicy({ policy: read })).rejects.toThrow(/etag/);

    const [deletion] = await client.deletePolicy({ name, etag: updated.etag });
    const [deleted] = await deletion.promise();
    expect(deleted.deleteTime).toBeTruthy();
    await expect(client.getPolicy({ name })).rejects.toMatchObject({ code: 5 });
    expect((await client.listPolicies({ parent }))[0]).toEqual([]);
  }
});

test('deny policies are refused to whoever may not see them, naming the permission and the place', async () => {
  const cloud = await startCloud({ yaml, quota: false });
  const client = policiesClient(cloud.endpoint, 'bearer-of-sam');
  const parent = 'policies/cloudresourcemanager.googleapis.com%2Fprojects%2Facme-one/denypolicies';
  await expect(client.listPolicies({ parent })).rejects.toMatchObject({ code: 7 });
  for (const path of [`/v2/${parent}`, `/v2/${parent.replaceAll('%', '%25')}/any-policy`]) {
    const refused = await cloud.ask('bearer-of-sam', 'GET', path);
    const verb = path.endsWith('any-policy') ? 'get' : 'list';
    expect(errorOf(refused)).toMatchObject({
      status: 'PERMISSION_DENIED',
      message: `Permission iam.googleapis.com/denypolicies.${verb} denied on resource cloudresourcemanager.googleapis.com/projects/acme-one`,
    });
  }
});
