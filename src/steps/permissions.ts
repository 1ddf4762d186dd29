import type { Access } from './goal.ts';

/** Permissions that looking takes. */
export const permissionsToLook: readonly string[] = [
  'resourcemanager.projects.get',
  'resourcemanager.projects.getIamPolicy',
  'serviceusage.services.get',
  'iam.roles.get',
  'iam.serviceAccounts.get',
  'iam.serviceAccountKeys.list',
];

/** Permissions that mending may take besides. */
export const permissionsToMend: readonly string[] = [
  'resourcemanager.projects.setIamPolicy',
  'serviceusage.services.enable',
  'iam.roles.create',
  'iam.roles.update',
  'iam.roles.undelete',
  'iam.serviceAccounts.create',
  'iam.serviceAccounts.enable',
  'iam.serviceAccounts.update',
  // A profile may grant on an account, and which one it is must not hold up the question.
  'iam.serviceAccounts.getIamPolicy',
  'iam.serviceAccounts.setIamPolicy',
  'iam.serviceAccountKeys.create',
  'iam.serviceAccountKeys.delete',
];

const accessPermissions: Readonly<Record<Access['kind'], readonly string[]>> = {
  key: [],
  impersonation: [],
  github: [
    'iam.googleapis.com/workloadIdentityPools.create',
    'iam.googleapis.com/workloadIdentityPools.update',
    'iam.googleapis.com/workloadIdentityPools.undelete',
    'iam.googleapis.com/workloadIdentityPoolProviders.create',
    'iam.googleapis.com/workloadIdentityPoolProviders.update',
    'iam.googleapis.com/workloadIdentityPoolProviders.undelete',
  ],
  attached: ['iam.serviceAccounts.actAs', 'run.services.update'],
};

/** Permissions that a kind of access may take besides those to mend; those of any kind, where it is not known. */
export function permissionsForAccess(kind: Access['kind'] | undefined): readonly string[] {
  if (kind !== undefined) return accessPermissions[kind];
  return [...new Set(Object.values(accessPermissions).flat())];
}
