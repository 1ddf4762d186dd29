import * as z from 'zod';
import { SetPolicyRequest, setPolicy } from '../allow-policy-write.ts';
import { TestPermissionsRequest, getPolicy, testPermissions } from '../allow-policy.ts';
import { accessTo } from '../authorise.ts';
import { readBody } from '../body.ts';
import type { Call } from '../call.ts';
import { callerDenied } from '../errors.ts';
import type { Resource } from '../resources.ts';
import type { Handler, Route } from '../router.ts';
import { policyOf } from '../allow-policy.ts';
import { namedResource, resourceManager } from './names.ts';

const GetPolicyRequest = z.strictObject({
  options: z.strictObject({ requestedPolicyVersion: z.int().optional() }).optional(),
});

function demandOn(
  call: Call,
  verb: string,
  attributes?: Readonly<Record<string, readonly string[]>>,
): Resource {
  const resource = namedResource(call);
  if (resource && accessTo(call, resource, attributes).holds(`resourcemanager.${resource.level}s.${verb}`))
    return resource;
  throw callerDenied();
}

const getIamPolicy: Handler = (call) => {
  const version = readBody(call, GetPolicyRequest).options?.requestedPolicyVersion ?? 0;
  return getPolicy(call, demandOn(call, 'getIamPolicy'), version);
};

const setIamPolicy: Handler = (call) => {
  const request = readBody(call, SetPolicyRequest);
  const resource = namedResource(call);
  const before = resource ? policyOf(call.world, resource).bindings : [];
  const roles = new Set([...before, ...(request.policy.bindings ?? [])].map(({ role }) => role));
  const members = (
    bindings: readonly { role: string; members?: readonly string[] | undefined }[],
    role: string,
  ) => JSON.stringify(bindings.filter((binding) => binding.role === role).map((binding) => binding.members));
  const modified = [...roles].filter(
    (role) => members(before, role) !== members(request.policy.bindings ?? [], role),
  );
  // A delegated administrator may be limited to some roles (IAM docs, limiting role granting).
  const attributes = { 'iam.googleapis.com/modifiedGrantsByRole': modified };
  return setPolicy(call, demandOn(call, 'setIamPolicy', attributes), request);
};

const testIamPermissions: Handler = (call) => {
  const { permissions = [] } = readBody(call, TestPermissionsRequest);
  const resource = namedResource(call);
  if (!resource) throw callerDenied();
  return testPermissions(call, resource, permissions);
};

const verbs = { getIamPolicy, setIamPolicy, testIamPermissions };
const levels = ['projects/{project}', 'folders/{folder}', 'organizations/{organization}'];

/** The three policy methods of projects, folders and organisations, under v1, v2 (folders) and v3. */
export const policyRoutes: readonly Route[] = ['v1', 'v2', 'v3'].flatMap((version) =>
  levels.flatMap((level) =>
    Object.entries(verbs).map(([verb, handle]) => ({
      service: resourceManager,
      method: 'POST' as const,
      pattern: `/${version}/${level}:${verb}`,
      handle,
    })),
  ),
);
