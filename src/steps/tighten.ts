import { askedOn } from '../profile/asked-on.ts';
import type { Profile } from '../profile/profile.ts';

/** Lets its holder attach an account to what it deploys: on a project, every account of it (IAM docs, actAs). */
export const actAs = 'iam.serviceAccounts.actAs';

/** Holds actAs and little else; it can be granted on one account (IAM docs, Service Account User). */
const accountUser = 'roles/iam.serviceAccountUser';

/** Whether the profile's own role is to hold the permission to act as every account of the project. */
export function reachesEveryAccount(profile: Profile): boolean {
  return profile.permissions.some(
    (permission) => permission.name === actAs && askedOn(permission, profile) === 'project',
  );
}

/** The same profile with the permission asked for on one account, and granted there by Google's own role for it. */
export function tightened(profile: Profile, on: string): Profile {
  const { permissions, grants, services } = profile;
  const why = permissions.find(({ name }) => name === actAs)?.why ?? '';
  const compute = { name: 'compute.googleapis.com', why: 'Its default account is what services run as.' };
  const needed = on === 'account/compute' && !services.some(({ name }) => name === compute.name);
  return {
    ...profile,
    services: needed ? [...services, compute] : services,
    permissions: permissions.map((permission) =>
      permission.name === actAs ? { ...permission, on, warning: undefined } : permission,
    ),
    grants: [...grants, { role: accountUser, on, why }],
  };
}
