import { createHash } from 'node:crypto';
import type { WorldFile } from '../../src/simulator/server.ts';
import type { Drift } from './drift.ts';
import type { EarlierRun } from './earlier-run.ts';
import { keyPairs } from '../simulator/key-pairs.ts';

type Project = WorldFile['projects'][number];
type Account = Project['serviceAccounts'][number];
type Binding = NonNullable<Project['policy']>['bindings'][number];

const role = 'projects/acme-video/roles/RemotionSA';
const member = 'serviceAccount:remotion-sa@acme-video.iam.gserviceaccount.com';
const dayMs = 24 * 3600_000;
const made = Date.parse('2024-02-29T09:30:00Z');
/** Unique IDs of the account that was there before our run's, of the one that others made after it, and of another. */
const before = '100000000000000000777';
const after = '100000000000000000888';
const another = '100000000000000000999';

/** The world as a drift has left it. `base` is the one that ships with the package. */
export async function driftedWorld(base: WorldFile, drift: Drift, earlier: EarlierRun): Promise<WorldFile> {
  const accounts = await accountsOf(drift, earlier);
  const projects = base.projects.map((project): Project => {
    if (project.id !== base.project) return project;
    const services = [...project.services, 'iam.googleapis.com', 'run.googleapis.com'];
    return {
      ...project,
      services: services.filter((service) => !drift.off.includes(service)),
      roles: [
        { id: 'theirs', title: 'Theirs', permissions: ['run.jobs.get'], stage: 'GA' },
        ...rolesOf(drift),
      ],
      serviceAccounts: [account('their-robot', another), ...accounts],
      policy: {
        bindings: joined([
          ...(project.policy?.bindings ?? []),
          ...drift.bindings,
          ...grantsOf(drift, accounts),
        ]),
        auditConfigs: project.policy?.auditConfigs ?? [],
      },
    };
  });
  return { ...base, projects };
}

function rolesOf({ role: drifted }: Drift): Project['roles'] {
  if (drifted === null) return [];
  const { permissions, stage, title, deleted } = drifted;
  const ago = deleted === undefined ? {} : { deleted: Date.now() - deleted * dayMs };
  return [{ id: 'RemotionSA', title, permissions, stage, ...ago }];
}

const account = (id: string, uniqueId: string, more: Partial<Account> = {}): Account => ({
  id,
  uniqueId,
  displayName: 'Remotion Service Account',
  disabled: false,
  created: made,
  keys: [],
  ...more,
});

async function accountsOf(drift: Drift, earlier: EarlierRun): Promise<Account[]> {
  const gone = { deleted: Date.now() - dayMs };
  const ours = (uniqueId: string, more: Partial<Account> = {}): Account =>
    account('remotion-sa', uniqueId, more);
  const older = drift.grant.includes('deleted') || drift.grant === 'to both' ? [ours(before, gone)] : [];
  const others = await othersKeys(drift.others);
  const keys =
    drift.key === 'deleted'
      ? others
      : [{ id: earlier.keyId, publicKey: earlier.publicKey, disabled: drift.key === 'disabled' }, ...others];
  switch (drift.account) {
    case 'missing':
      return older;
    case 'deleted':
      return [...older, ours(earlier.uniqueId, gone)];
    case 'made again':
      return [...older, ours(earlier.uniqueId, gone), ours(after, { keys: others })];
    case 'live':
    case 'disabled':
      return [...older, ours(earlier.uniqueId, { keys, disabled: drift.account === 'disabled' })];
    case 'renamed':
      return [...older, ours(earlier.uniqueId, { keys, displayName: 'Renamed by a colleague' })];
  }
}

/** Keys that others made, of real pairs that no key of ours will have. */
const othersKeys = (disabled: readonly boolean[]): Promise<Account['keys']> => {
  const next = keyPairs(12);
  return Promise.all(
    disabled.map(async (isDisabled, index) => ({
      id: createHash('sha1').update(`theirs ${index}`).digest('hex'),
      publicKey: (await next()).publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      disabled: isDisabled,
    })),
  );
};

function grantsOf({ grant }: Drift, accounts: readonly Account[]): Binding[] {
  const dead = accounts.filter(({ deleted }) => deleted !== undefined).map(deadMember);
  const live = accounts.some(({ deleted }) => deleted === undefined) ? [member] : [];
  const condition = { title: 'For a while', expression: 'request.time < timestamp("2034-01-01T00:00:00Z")' };
  switch (grant) {
    case 'missing':
      return [];
    case 'granted':
      // To the account that was, where there is none any more.
      return [{ role, members: live.length > 0 ? live : dead }];
    case 'under a condition':
      return [{ role, members: live, condition }];
    case 'both':
      return [
        { role, members: live, condition },
        { role, members: live },
      ];
    case 'another role':
      return [{ role: 'roles/browser', members: live }];
    case 'to the deleted one':
      return [{ role, members: dead }];
    case 'to both':
      return [{ role, members: [...dead, ...live] }];
  }
}

const deadMember = ({ uniqueId = '' }: Account): string => `deleted:${member}?uid=${uniqueId}`;

/** One binding for each role and condition, as Google keeps them, and none without members. */
function joined(bindings: readonly Binding[]): Binding[] {
  const found = new Map<string, Binding>();
  for (const { role: of, members, condition } of bindings) {
    const key = JSON.stringify([of, condition]);
    const all = [...(found.get(key)?.members ?? []), ...members];
    found.set(key, { role: of, members: [...new Set(all)], ...(condition && { condition }) });
  }
  return [...found.values()].filter(({ members }) => members.length > 0);
}
