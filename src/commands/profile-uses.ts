import type { ProfileUse } from '../catalog/model.ts';
import type { Profile } from '../profile/profile.ts';

/** What of a profile the catalog tells: which permissions and roles it asks for, and why. */
export function usesOf(
  profile: Pick<Profile, 'name' | 'title' | 'sources' | 'permissions'> & WithGrants,
): ProfileUse[] {
  const { name, title, sources, permissions, grants = [], team = [] } = profile;
  const by = (source: string) => (source === 'ours' ? 'ours' : (sources[source]?.title ?? source));
  return [
    ...permissions.map((each) => ({
      profile: name,
      title,
      name: each.name,
      why: each.why,
      by: by(each.source),
      ...(each.warning !== undefined && { warning: each.warning }),
    })),
    ...[...grants, ...team]
      .filter(({ role }) => role.startsWith('roles/'))
      .map(({ role, why = '' }) => ({ profile: name, title, name: role, why, by: 'ours' })),
  ];
}

/** Roles that a profile grants to its account and to people. */
interface WithGrants {
  readonly grants?: readonly { readonly role: string; readonly why?: string | undefined }[];
  readonly team?: readonly { readonly role: string; readonly why?: string | undefined }[];
}
