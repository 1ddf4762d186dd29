import { writeFile } from 'node:fs/promises';
import type { CauseKind } from '../../src/diagnosis/cause.ts';
import { defaultWorldFile } from '../../src/simulator/world-file.ts';
import { readWorldFile, type WorldFile } from '../../src/simulator/server.ts';
import { uploadKey } from '../flows/hand-made-key.ts';
import type { Policy } from '../flows/cloud-by-hand.ts';
import type { Patient } from './patient.ts';

export const ORGANIZATION = '583920471652';
const FOLDER = '418820519377';
const LOST = 'run.services.create';

/** The world that ships with the package, in which the operator may see and change what lies above the project, too. */
export async function worldOfAdministrator(): Promise<WorldFile> {
  const world = await readWorldFile(defaultWorldFile());
  const roles = [
    'roles/iam.denyAdmin',
    'roles/iam.principalAccessBoundaryAdmin',
    'roles/resourcemanager.organizationAdmin',
  ];
  const more = roles.map((role) => ({ role, members: ['user:ada@acme.com'] }));
  const organizations = world.organizations.map(({ policy, ...organization }) => ({
    ...organization,
    policy: {
      auditConfigs: [],
      ...policy,
      bindings: [...more, ...(policy?.bindings ?? []).filter(({ role }) => !roles.includes(role))],
    },
  }));
  return { ...world, organizations };
}

/** Something that keeps permissions from an account that was made ready. */
export interface Ailment {
  /** As a sentence goes on: "where ...". */
  where: string;
  ail: (at: Patient) => Promise<unknown>;
  /** What `why` is to name, what takes most first. */
  kinds: readonly CauseKind[];
  /** The calls that prove it, one of each cause's at least. */
  calls: readonly string[];
  /** Named to `why`; all of the profile where absent. */
  asked?: readonly string[];
}

const withoutRole = (at: Patient, policy: Policy): Policy => ({
  ...policy,
  bindings: policy.bindings.filter(({ role }) => role !== at.cloud.roleName),
});
const takeFromRole = async ({ cloud }: Patient) => {
  const { includedPermissions } = await cloud.role();
  await cloud.patchRole(
    { includedPermissions: includedPermissions.filter((name) => name !== LOST) },
    'includedPermissions',
  );
};
const revoke = (at: Patient) => at.cloud.changePolicy((policy) => withoutRole(at, policy));
const grantUntilLongAgo = (at: Patient) =>
  at.cloud.changePolicy((policy) => {
    const { bindings, ...rest } = withoutRole(at, policy);
    const condition = { title: 'long ago', expression: 'request.time < timestamp("2020-01-01T00:00:00Z")' };
    return {
      ...rest,
      bindings: [...bindings, { role: at.cloud.roleName, members: [at.cloud.member], condition }],
    };
  });
const makeAnew = async ({ cloud }: Patient) => {
  await cloud.deleteAccount();
  await cloud.createAccount();
};
/** Writes a key of the account of now into the file. */
const giveKey = async ({ cloud, keyFile }: Patient) =>
  writeFile(keyFile, (await cloud.createKey()).file, { mode: 0o600 });
export const denyPolicy = async ({ cloud }: Patient) => {
  const point = encodeURIComponent(`cloudresourcemanager.googleapis.com/organizations/${ORGANIZATION}`);
  await cloud.call('POST', `v2/policies/${point}/denypolicies?policyId=no-deletes`, {
    displayName: 'No deletes',
    rules: [
      {
        denyRule: {
          deniedPrincipals: ['principalSet://goog/public:all'],
          exceptionPrincipals: ['principal://goog/subject/ada@acme.com'],
          deniedPermissions: [
            'storage.googleapis.com/objects.delete',
            'storage.googleapis.com/buckets.delete',
          ],
        },
      },
    ],
  });
};
const boundary = async ({ cloud }: Patient) => {
  const parent = `organizations/${ORGANIZATION}/locations/global`;
  await cloud.call(
    'POST',
    `v3/${parent}/principalAccessBoundaryPolicies?principalAccessBoundaryPolicyId=elsewhere`,
    {
      displayName: 'Elsewhere',
      details: {
        rules: [
          { effect: 'ALLOW', resources: ['//cloudresourcemanager.googleapis.com/folders/905177331204'] },
        ],
      },
    },
  );
  await cloud.call('POST', `v3/folders/${FOLDER}/locations/global/policyBindings?policyBindingId=stay`, {
    target: { principalSet: `//cloudresourcemanager.googleapis.com/folders/${FOLDER}` },
    policy: `${parent}/principalAccessBoundaryPolicies/elsewhere`,
    policyKind: 'PRINCIPAL_ACCESS_BOUNDARY',
  });
};

const project = 'cloudresourcemanager projects.getIamPolicy';
const role = 'iam projects.roles.get';
const account = 'iam projects.serviceAccounts.get';
const keys = 'iam projects.serviceAccounts.keys.list';

/** One cause each, but for a deletion, which two follow from. In an order in which none is in the way of the next. */
export const ailments: readonly Ailment[] = [
  { where: 'the role has lost a permission', ail: takeFromRole, kinds: ['not-in-role'], calls: [role] },
  {
    where: 'the role was deleted',
    ail: ({ cloud }) => cloud.deleteRole(),
    kinds: ['role-deleted'],
    calls: [role],
  },
  {
    where: 'the role was disabled',
    ail: ({ cloud }) => cloud.patchRole({ stage: 'DISABLED' }, 'stage'),
    kinds: ['role-disabled'],
    calls: [role],
  },
  { where: 'the grant was revoked', ail: revoke, kinds: ['no-grant'], calls: [project] },
  { where: 'the grant is over', ail: grantUntilLongAgo, kinds: ['condition'], calls: [project] },
  {
    where: 'the account was made anew and has a key',
    ail: async (at) => {
      await makeAnew(at);
      await giveKey(at);
    },
    kinds: ['deleted-member'],
    calls: [project],
  },
  {
    where: 'the account was disabled',
    ail: ({ cloud }) => cloud.disableAccount(),
    kinds: ['account-disabled'],
    calls: [account],
  },
  {
    where: 'the account was deleted',
    ail: ({ cloud }) => cloud.deleteAccount(),
    kinds: ['account-missing', 'deleted-member'],
    calls: [account, project],
  },
  {
    where: 'the key was deleted',
    ail: async ({ cloud, heldKey }) => cloud.deleteKey((await heldKey()).id),
    kinds: ['key-missing'],
    calls: [keys],
  },
  {
    where: 'the key was disabled',
    ail: async ({ cloud, heldKey }) => cloud.disableKey((await heldKey()).id),
    kinds: ['key-disabled'],
    calls: [keys],
  },
  {
    where: 'the key has expired',
    ail: async (at) => uploadKey(at, -1 / 86_400),
    kinds: ['key-expired'],
    calls: [keys],
  },
  {
    where: 'an API was turned off that the permissions are for',
    ail: ({ cloud }) => cloud.disableService('run.googleapis.com'),
    kinds: ['service-disabled'],
    calls: ['serviceusage services.batchGet'],
  },
  {
    where: 'the API was turned off that the account asks',
    ail: ({ cloud }) => cloud.disableService('cloudresourcemanager.googleapis.com'),
    kinds: ['service-disabled'],
    calls: ['cloudresourcemanager projects.testIamPermissions'],
  },
  {
    where: 'a deny policy of the organisation takes it',
    ail: denyPolicy,
    kinds: ['denied'],
    calls: ['iam policies.get'],
  },
  {
    where: 'the permission belongs to the organisation',
    ail: () => Promise.resolve(),
    asked: ['resourcemanager.organizations.get'],
    kinds: ['other-level'],
    calls: ['cloudresourcemanager organizations.testIamPermissions'],
  },
  {
    where: 'an access boundary ends before the project',
    ail: boundary,
    kinds: ['outside-boundary'],
    calls: ['iam principalAccessBoundaryPolicies.get'],
  },
  {
    where: 'nobody has ever asked for the permission',
    ail: () => Promise.resolve(),
    asked: ['bigquery.datasets.create'],
    kinds: ['not-in-role'],
    calls: [role],
  },
];

/** Two causes at once. */
export const twofold: readonly Ailment[] = [
  {
    where: 'the role has lost a permission, and the grant was revoked',
    ail: async (at) => {
      await takeFromRole(at);
      await revoke(at);
    },
    kinds: ['no-grant', 'not-in-role'],
    calls: [project, role],
  },
  {
    where: 'the key is disabled, and the grant is over',
    ail: async (at) => {
      await grantUntilLongAgo(at);
      await at.cloud.disableKey((await at.heldKey()).id);
    },
    kinds: ['key-disabled', 'condition'],
    calls: [keys, project],
  },
  {
    where: 'a deny policy takes some, and the role has lost another',
    ail: async (at) => {
      await takeFromRole(at);
      const { cloud } = at;
      const point = encodeURIComponent(`cloudresourcemanager.googleapis.com/organizations/${ORGANIZATION}`);
      // The account was made an exception before; another policy names it.
      await cloud.call('POST', `v2/policies/${point}/denypolicies?policyId=no-buckets`, {
        rules: [
          {
            denyRule: {
              deniedPrincipals: [`principal://iam.googleapis.com/projects/-/serviceAccounts/${cloud.email}`],
              deniedPermissions: [
                'storage.googleapis.com/buckets.create',
                'storage.googleapis.com/buckets.get',
              ],
            },
          },
        ],
      });
    },
    kinds: ['denied', 'not-in-role'],
    calls: ['iam policies.get', role],
  },
];
