import { stringify } from 'yaml';
import { permissionsOfRole } from '../profile/asked-on.ts';
import type { Profile } from '../profile/profile.ts';
import { usage } from './usage.ts';

/** The permissions with their reasons, as a list in YAML. */
export function permissionsYaml({ permissions }: Pick<Profile, 'permissions'>): string {
  return stringify(permissions, { lineWidth: 0 });
}

/**
 * The custom role as `gcloud iam roles create ID --project=P --file=FILE` takes it.
 * @throws ProblemError where the profile asks for Google's roles only
 */
export function roleFile(profile: Profile): string {
  const { name, role } = profile;
  const permissions = permissionsOfRole(profile);
  if (!role || permissions.length === 0)
    throw usage(
      `${name} has no role of its own, only Google's`,
      `iamready permissions --profile=${name} shows them`,
    );
  const { id, title, description, stage } = role;
  const head = `# gcloud iam roles create ${id} --project=PROJECT --file=FILE\n`;
  const content = {
    title,
    ...(description !== undefined && { description }),
    stage,
    includedPermissions: permissions.map((permission) => permission.name),
  };
  return head + stringify(content, { lineWidth: 0 });
}
