import * as z from 'zod';
import { invalidArgument } from '../errors.ts';
import type { Level } from '../resources.ts';
import type { CustomRole, World } from '../world.ts';

/** A role as clients send it; output-only fields are accepted and ignored, as Google does. */
export const RoleBody = z.strictObject({
  name: z.string().nullish(),
  title: z.string().nullish(),
  description: z.string().nullish(),
  includedPermissions: z.array(z.string()).nullish(),
  stage: z.enum(['ALPHA', 'BETA', 'GA', 'DEPRECATED', 'DISABLED', 'EAP']).nullish(),
  etag: z.string().nullish(),
  deleted: z.boolean().nullish(),
});

const MAX_PERMISSIONS = 3000;
const MAX_TITLE_BYTES = 100;
const MAX_DESCRIPTION_BYTES = 300;
const MAX_TOTAL_BYTES = 64 * 1024;

/** Refuses a role ID that is not 3 to 64 letters, digits, underscores and full stops (IAM docs; the text is [U]). */
export function checkRoleId(id: string): void {
  if (/^[a-zA-Z0-9_.]{3,64}$/.test(id)) return;
  throw invalidArgument(`The role_id (${id}) must match the regular expression "[a-zA-Z0-9_\\.]{3,64}".`);
}

/**
 * Refuses what a role may not hold (IAM quotas): too long texts, too many permissions, and permissions that are unknown, are of
 * another level or are barred from custom roles. Only the text for the first two sorts of permission is recorded.
 * @param level where the role is made.
 */
export function checkRole(
  world: World,
  level: Level,
  role: Pick<CustomRole, 'title' | 'description' | 'permissions'>,
): void {
  const { title = '', description = '', permissions } = role;
  const bytes = (text: string) => Buffer.byteLength(text);
  for (const permission of permissions) {
    const facts = world.catalog.permissions.get(permission);
    if (!facts?.levels.includes(level)) throw invalidArgument(`Permission ${permission} is not valid.`);
    if (facts.customRole === 'NOT_SUPPORTED') {
      throw invalidArgument(`Permission ${permission} is not supported in custom roles.`); // [U] the text.
    }
  }
  // [U] the texts below; the limits are documented.
  if (bytes(title) > MAX_TITLE_BYTES) throw invalidArgument('The role title must not exceed 100 bytes.');
  if (bytes(description) > MAX_DESCRIPTION_BYTES) {
    throw invalidArgument('The role description must not exceed 300 bytes.');
  }
  if (permissions.length > MAX_PERMISSIONS) {
    throw invalidArgument('The role must not contain more than 3,000 permissions.');
  }
  const total = [title, description, ...permissions].reduce((sum, text) => sum + bytes(text), 0);
  if (total > MAX_TOTAL_BYTES) throw invalidArgument('The role must not exceed 64 KB.');
}
