import type { Handler, Route } from '../router.ts';
import {
  deleteAccount,
  disableAccount,
  enableAccount,
  patchAccount,
  undeleteAccount,
  updateAccount,
} from './account-changes.ts';
import { createAccount } from './account-create.ts';
import { getAccountPolicy, setAccountPolicy, testAccountPermissions } from './account-policy.ts';
import { getAccount, listAccounts } from './account-reads.ts';
import { queryGrantableRoles } from './grantable-roles.ts';
import { deleteKey, disableKey, enableKey } from './key-changes.ts';
import { createKey, uploadKey } from './key-create.ts';
import { getKey, listKeys } from './key-reads.ts';
import { getPredefinedRole, getRole, listPredefinedRoles, listRoles } from './role-reads.ts';
import { createRole, deleteRole, patchRole, undeleteRole } from './role-writes.ts';
import { iam } from './service.ts';
import { queryTestablePermissions } from './testable-permissions.ts';

const route = (method: Route['method'], path: string, handle: Handler, charge?: Route['charge']): Route => ({
  service: iam,
  method,
  pattern: `/v1/${path}`,
  handle,
  ...(charge && { charge }),
});

const roles = (parent: string): readonly Route[] => [
  route('POST', `${parent}/roles`, createRole),
  route('GET', `${parent}/roles`, listRoles),
  route('GET', `${parent}/roles/{role}`, getRole),
  route('PATCH', `${parent}/roles/{role}`, patchRole),
  route('DELETE', `${parent}/roles/{role}`, deleteRole),
  route('POST', `${parent}/roles/{role}:undelete`, undeleteRole),
];

const accounts = 'projects/{project}/serviceAccounts';
const account = `${accounts}/{account}`;
const key = `${account}/keys/{key}`;

/** IAM v1, as its discovery document lists it. */
export const iamRoutes: readonly Route[] = [
  ...roles('projects/{project}'),
  ...roles('organizations/{organization}'),
  route('GET', 'roles', listPredefinedRoles),
  route('GET', 'roles/{role}', getPredefinedRole),
  route('POST', 'roles:queryGrantableRoles', queryGrantableRoles, 'read'),
  route('POST', 'permissions:queryTestablePermissions', queryTestablePermissions, 'read'),
  route('POST', accounts, createAccount),
  route('GET', accounts, listAccounts),
  route('GET', account, getAccount),
  route('PATCH', account, patchAccount),
  route('PUT', account, updateAccount),
  route('DELETE', account, deleteAccount),
  route('POST', `${account}:undelete`, undeleteAccount),
  route('POST', `${account}:enable`, enableAccount),
  route('POST', `${account}:disable`, disableAccount),
  route('POST', `${account}:getIamPolicy`, getAccountPolicy),
  route('POST', `${account}:setIamPolicy`, setAccountPolicy),
  route('POST', `${account}:testIamPermissions`, testAccountPermissions),
  route('POST', `${account}/keys`, createKey),
  route('GET', `${account}/keys`, listKeys),
  route('POST', `${account}/keys:upload`, uploadKey),
  route('GET', key, getKey),
  route('DELETE', key, deleteKey),
  route('POST', `${key}:enable`, enableKey),
  route('POST', `${key}:disable`, disableKey),
];
