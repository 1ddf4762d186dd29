import * as z from 'zod';

/** Most permissions one testIamPermissions takes: 100 [U]. */
const PERMISSIONS_A_CALL = 100;

/** The answer of testIamPermissions, of whatever resource: `{}` when none is held. */
export const grantedPermissions = z.object({ permissions: z.array(z.string()).default([]) });

/**
 * Asks for permissions in as many calls as they need, all at once.
 * @param ask one call of testIamPermissions
 * @returns those that are held
 */
export async function testPermissions(
  permissions: readonly string[],
  ask: (chunk: string[]) => Promise<z.infer<typeof grantedPermissions>>,
): Promise<Set<string>> {
  const chunks = [];
  for (let from = 0; from < permissions.length; from += PERMISSIONS_A_CALL)
    chunks.push(permissions.slice(from, from + PERMISSIONS_A_CALL));
  const answers = await Promise.all(chunks.map(ask));
  return new Set(answers.flatMap((answer) => answer.permissions));
}
