import { z } from 'zod';
import { getPolicy, TestPermissionsRequest, testPermissions } from '../allow-policy.ts';
import { SetPolicyRequest, setPolicy } from '../allow-policy-write.ts';
import { readBody } from '../body.ts';
import type { Call } from '../call.ts';
import { invalidArgument } from '../errors.ts';
import { accountResource } from '../resources.ts';
import { liveAccount } from './account-lookup.ts';

/** The version stands in the query by the discovery document, and in the body by the guides: both are taken. */
const GetPolicyRequest = z.strictObject({
  options: z.strictObject({ requestedPolicyVersion: z.int().optional() }).optional(),
});

/** :getIamPolicy of a service account as a resource: who may act as it. */
export function getAccountPolicy(call: Call): object {
  const account = liveAccount(call, 'iam.serviceAccounts.getIamPolicy');
  const asked = readBody(call, GetPolicyRequest).options?.requestedPolicyVersion;
  const version = Number(call.query.get('options.requestedPolicyVersion') ?? asked ?? 0);
  return getPolicy(call, accountResource(call.world, account), version);
}

/** :setIamPolicy of a service account as a resource. */
export function setAccountPolicy(call: Call): object {
  const account = liveAccount(call, 'iam.serviceAccounts.setIamPolicy');
  return setPolicy(call, accountResource(call.world, account), readBody(call, SetPolicyRequest));
}

/** :testIamPermissions on a service account, which needs no permission. */
export function testAccountPermissions(call: Call): object {
  const account = liveAccount(call, undefined);
  const { permissions = [] } = readBody(call, TestPermissionsRequest);
  const foreign = permissions.find((permission) => !permission.startsWith('iam.serviceAccount'));
  if (foreign !== undefined) throw invalidArgument(`Permission ${foreign} is not valid for this resource.`);
  return testPermissions(call, accountResource(call.world, account), permissions);
}
