import * as z from 'zod';
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

/** Refuses a predefined role that says nothing of service accounts ([U] which roles Google takes here, exactly). */
function checkConcern(call: Call, role: string): void {
  const permissions = call.world.catalog.roles.get(role)?.permissions;
  if (!permissions || [...permissions].some(isOfAccounts)) return;
  throw invalidArgument(`Role ${role} is not supported for this resource.`);
}

const isOfAccounts = (permission: string) => permission.startsWith('iam.serviceAccount');

/** :setIamPolicy of a service account as a resource. */
export function setAccountPolicy(call: Call): object {
  const account = liveAccount(call, 'iam.serviceAccounts.setIamPolicy');
  const request = readBody(call, SetPolicyRequest);
  for (const { role } of request.policy.bindings ?? []) checkConcern(call, role);
  return setPolicy(call, accountResource(call.world, account), request);
}

/** :testIamPermissions on a service account, which needs no permission. */
export function testAccountPermissions(call: Call): object {
  const account = liveAccount(call, undefined);
  const { permissions = [] } = readBody(call, TestPermissionsRequest);
  const foreign = permissions.find((permission) => !isOfAccounts(permission));
  if (foreign !== undefined) throw invalidArgument(`Permission ${foreign} is not valid for this resource.`);
  return testPermissions(call, accountResource(call.world, account), permissions);
}
