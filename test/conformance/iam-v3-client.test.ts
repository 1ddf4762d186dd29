import { protos, v3 } from '@google-cloud/iam';
import { OAuth2Client } from 'google-auth-library';
import { expect, onTestFinished, test } from 'vitest';
import { held, startCloud } from '../simulator/kernel-cloud.ts';

const yaml = `
v: 1
operator: ada@acme.com
project: acme-one
users: [{ email: ada@acme.com, token: bearer-of-ada }, { email: dora@acme.com, token: bearer-of-dora }]
organizations:
  - id: '100200300'
    domain: acme.com
    policy:
      bindings:
        - { role: roles/iam.principalAccessBoundaryAdmin, members: ['user:ada@acme.com'] }
        - { role: roles/resourcemanager.organizationAdmin, members: ['user:ada@acme.com'] }
projects:
  - id: acme-one
    number: '111122223333'
    parent: organizations/100200300
    services: [iam.googleapis.com, cloudresourcemanager.googleapis.com]
    policy: { bindings: [{ role: roles/owner, members: ['user:ada@acme.com', 'user:dora@acme.com'] }] }
  - { id: acme-two, number: '111122224444', parent: organizations/100200300 }
`;

/** What Google's own clients of IAM v3 take to be pointed at the endpoint. */
function options(endpoint: string, token: string) {
  const authClient = new OAuth2Client();
  authClient.setCredentials({ access_token: token });
  const { hostname, port } = new URL(endpoint);
  return { fallback: true, protocol: 'http', apiEndpoint: hostname, port: Number(port), authClient } as const;
}

test("Google's clients write a boundary and bind it, which holds until they take it away", async () => {
  const cloud = await startCloud({ yaml, quota: false });
  const policies = new v3.PrincipalAccessBoundaryPoliciesClient(options(cloud.endpoint, cloud.token));
  const bindings = new v3.PolicyBindingsClient(options(cloud.endpoint, cloud.token));
  onTestFinished(async () => {
    await Promise.all([policies.close(), bindings.close()]);
  });
  const GET = 'resourcemanager.projects.get';
  const parent = 'organizations/100200300/locations/global';
  const name = `${parent}/principalAccessBoundaryPolicies/only-two`;
  const rule = {
    resources: ['//cloudresourcemanager.googleapis.com/projects/acme-two'],
    effect: 'ALLOW' as const,
  };

  const [creation] = await policies.createPrincipalAccessBoundaryPolicy({
    parent,
    principalAccessBoundaryPolicyId: 'only-two',
    principalAccessBoundaryPolicy: { displayName: 'Only two', details: { rules: [rule] } },
  });
  const [created] = await creation.promise();
  // The client reads the response of an operation with the numbers of enums.
  const shown = { ...rule, effect: protos.google.iam.v3.PrincipalAccessBoundaryPolicyRule.Effect.ALLOW };
  expect(created).toMatchObject({ name, details: { rules: [shown], enforcementVersion: '4' } });
  expect((await policies.listPrincipalAccessBoundaryPolicies({ parent }))[0]).toMatchObject([{ name }]);
  expect(await held(cloud, 'bearer-of-dora', 'acme-one', GET)).toEqual([GET]);

  const target = { principalSet: '//cloudresourcemanager.googleapis.com/organizations/100200300' };
  const condition = { title: 'not Ada', expression: "principal.subject != 'ada@acme.com'" };
  const [binding] = await bindings.createPolicyBinding({
    parent,
    policyBindingId: 'all-but-ada',
    policyBinding: { target, policy: name, condition },
  });
  const [bound] = await binding.promise();
  expect(bound).toMatchObject({
    policyUid: created.uid,
    target,
    condition,
  });
  expect(await held(cloud, 'bearer-of-dora', 'acme-one', GET)).toEqual([]);
  expect(await held(cloud, cloud.token, 'acme-one', GET)).toEqual([GET]);

  const found = { name: `${parent}/policyBindings/all-but-ada` };
  expect((await bindings.listPolicyBindings({ parent, filter: 'policy:*only-two' }))[0]).toMatchObject([
    found,
  ]);
  expect((await bindings.listPolicyBindings({ parent, filter: 'target:nobody' }))[0]).toEqual([]);
  expect((await bindings.getPolicyBinding(found))[0]).toMatchObject({
    policyKind: 'PRINCIPAL_ACCESS_BOUNDARY',
    uid: bound.uid,
    etag: bound.etag,
  });
  expect(
    (await bindings.searchTargetPolicyBindings({ parent, target: target.principalSet }))[0],
  ).toMatchObject([found]);
  expect((await policies.searchPrincipalAccessBoundaryPolicyBindings({ name }))[0]).toMatchObject([found]);

  const [read] = await policies.getPrincipalAccessBoundaryPolicy({ name });
  const [update] = await policies.updatePrincipalAccessBoundaryPolicy({
    principalAccessBoundaryPolicy: { ...read, details: { rules: [rule], enforcementVersion: '1' } },
    updateMask: { paths: ['details.enforcement_version'] },
  });
  await update.promise();
  // Version 1 cannot block permissions of Resource Manager.
  expect(await held(cloud, 'bearer-of-dora', 'acme-one', GET)).toEqual([GET]);
  await expect(
    policies.updatePrincipalAccessBoundaryPolicy({
      principalAccessBoundaryPolicy: { name, etag: read.etag, displayName: 'late' },
    }),
  ).rejects.toThrow(/etag/);

  await expect(policies.deletePrincipalAccessBoundaryPolicy({ name })).rejects.toThrow(/policy bindings/);
  const [unbinding] = await bindings.deletePolicyBinding(found);
  await unbinding.promise();
  const [deletion] = await policies.deletePrincipalAccessBoundaryPolicy({ name });
  await deletion.promise();
  await expect(policies.getPrincipalAccessBoundaryPolicy({ name })).rejects.toMatchObject({ code: 5 });
});

test('a binding of a project takes permissions on both the project and the policy', async () => {
  const cloud = await startCloud({ yaml, quota: false });
  const policies = new v3.PrincipalAccessBoundaryPoliciesClient(options(cloud.endpoint, cloud.token));
  onTestFinished(() => policies.close());
  const parent = 'organizations/100200300/locations/global';
  const [creation] = await policies.createPrincipalAccessBoundaryPolicy({
    parent,
    principalAccessBoundaryPolicyId: 'any',
    principalAccessBoundaryPolicy: {
      details: {
        rules: [
          { resources: ['//cloudresourcemanager.googleapis.com/organizations/100200300'], effect: 'ALLOW' },
        ],
      },
    },
  });
  await creation.promise();
  const create = (token: string) =>
    new v3.PolicyBindingsClient(options(cloud.endpoint, token)).createPolicyBinding({
      parent: 'projects/acme-one/locations/global',
      policyBindingId: 'here',
      policyBinding: {
        target: { principalSet: '//cloudresourcemanager.googleapis.com/projects/acme-one' },
        policy: `${parent}/principalAccessBoundaryPolicies/any`,
      },
    });
  await expect(create('bearer-of-dora')).rejects.toThrow(/iam\.principalaccessboundarypolicies\.bind/);
  const [operation] = await create(cloud.token);
  expect((await operation.promise())[0]).toMatchObject({
    name: 'projects/111122223333/locations/global/policyBindings/here',
    target: { principalSet: '//cloudresourcemanager.googleapis.com/projects/111122223333' },
  });
});
