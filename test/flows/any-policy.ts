import fc from 'fast-check';
import type { Policy } from './cloud-by-hand.ts';
import type { Stage } from './stage.ts';

const members = [
  'user:zoe@example.net',
  'user:abe@example.net',
  'group:team@example.net',
  'domain:example.net',
  'serviceAccount:site-deployer@acme-site.iam.gserviceaccount.com',
  'deleted:user:gone@example.net?uid=123456789012345678901',
  'deleted:serviceAccount:gone@elsewhere.iam.gserviceaccount.com?uid=109876543210987654321',
  'allAuthenticatedUsers',
];
const conditions = [
  undefined,
  { title: 'For now', expression: 'request.time < timestamp("2035-01-01T00:00:00Z")' },
  {
    title: 'For now',
    description: 'Like the other.',
    expression: 'request.time < timestamp("2035-01-01T00:00:00Z")',
  },
  { title: '', expression: 'resource.name.startsWith("projects/_/buckets/a")' },
];

/**
 * Bindings as others may have made them, any number of a role under different conditions, also of `role`: Google keeps one
 * binding for each role and condition.
 */
export const anyBindings = (role: string) =>
  fc.uniqueArray(
    fc.record({
      role: fc.constantFrom('roles/viewer', 'roles/storage.admin', 'roles/browser', role),
      members: fc.shuffledSubarray(members, { minLength: 1 }),
      condition: fc.constantFrom(...conditions),
    }),
    { maxLength: 12, selector: (binding) => JSON.stringify([binding.role, binding.condition]) },
  );

/** All of a policy that is not our grant, to an account of before or to the one of now. */
export function foreignPart(policy: Policy, { roleName, member }: Stage['cloud']) {
  const bindings = policy.bindings
    .map((binding) =>
      binding.role === roleName && binding.condition === undefined
        ? {
            ...binding,
            members: binding.members.filter(
              (name) => name !== member && !name.startsWith(`deleted:${member}?`),
            ),
          }
        : binding,
    )
    .filter((binding) => binding.members.length > 0);
  const { auditConfigs } = policy;
  return { bindings, auditConfigs };
}
