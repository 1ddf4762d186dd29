import type { World } from '../world.ts';

interface Constraint {
  readonly displayName: string;
  /** The managed form of a legacy constraint, or the other way round (discovery document). */
  readonly equivalent?: string;
}

const pair = (name: string, displayName: string): [string, Constraint][] => [
  [`iam.${name}`, { displayName, equivalent: `iam.managed.${name}` }],
  [`iam.managed.${name}`, { displayName, equivalent: `iam.${name}` }],
];

/**
 * The boolean constraints on service accounts, by name (Organization Policy constraints; the titles are ours). None is
 * enforced where no policy says so.
 */
const CONSTRAINTS: ReadonlyMap<string, Constraint> = new Map([
  [
    'iam.automaticIamGrantsForDefaultServiceAccounts',
    { displayName: 'Disable Automatic IAM Grants for Default Service Accounts' },
  ],
  [
    'iam.disableCrossProjectServiceAccountUsage',
    { displayName: 'Disable Cross-Project Service Account Usage' },
  ],
  ...pair('disableServiceAccountCreation', 'Disable service account creation'),
  ...pair('disableServiceAccountKeyCreation', 'Disable service account key creation'),
  ...pair('disableServiceAccountKeyUpload', 'Disable Service Account Key Upload'),
  [
    'iam.disableWorkloadIdentityClusterCreation',
    { displayName: 'Disable Workload Identity Cluster Creation' },
  ],
]);

/** Every constraint of this world: the ones above, and what its file has policies of. */
function constraintsOf(world: World): ReadonlyMap<string, Constraint> {
  const all = new Map(CONSTRAINTS);
  for (const { constraint } of world.orgPolicies.values())
    if (!all.has(constraint)) all.set(constraint, { displayName: constraint });
  return all;
}

/** Whether there is a constraint of that name, written without `constraints/`. */
export const isConstraint = (world: World, name: string): boolean => constraintsOf(world).has(name);

/** The constraints as `constraints.list` shows them under a parent such as `projects/NUMBER`, by name. */
export function showConstraints(world: World, parent: string): object[] {
  return [...constraintsOf(world)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { displayName, equivalent }]) => ({
      name: `${parent}/constraints/${name}`,
      displayName,
      constraintDefault: 'ALLOW',
      booleanConstraint: {},
      equivalentConstraint: equivalent && `constraints/${equivalent}`,
    }));
}
