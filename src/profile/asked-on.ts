import type { Profile, WantedPermission } from './profile.ts';

/** What a permission is asked for on: what it says itself, else what the first grant is on. */
export function askedOn({ on }: Pick<WantedPermission, 'on'>, { grants }: Pick<Profile, 'grants'>): string {
  return on ?? grants[0]?.on ?? 'project';
}

/** The permissions of the custom role: those that are asked for on something that it is granted on. */
export function permissionsOfRole(profile: Profile): readonly WantedPermission[] {
  const places = new Set(profile.grants.flatMap(({ role, on }) => (role === 'custom' ? [on] : [])));
  return profile.permissions.filter((permission) => places.has(askedOn(permission, profile)));
}
