import type { Cloud } from '../google/cloud.ts';
import { CredentialsError } from '../google/credentials.ts';
import { isCloudError } from '../google/errors.ts';
import type { Key } from '../google/keys.ts';
import type { Policy } from '../google/policy.ts';
import type { Role } from '../google/roles.ts';
import type { ServiceAccount } from '../google/service-accounts.ts';
import type { ServiceState } from '../google/services.ts';
import { getPolicyAt, type Spot } from '../steps/spot.ts';
import type { Evidence, Unread } from './cause.ts';
import type { Subject } from './subject.ts';

/** What one read came to: the answer and how it is cited, or why there is none. */
export type Reading<T> =
  { value: T; cite: (said: string) => Evidence } | { value: undefined; unread: Unread };

/** A resource whose allow policy counts: one that a role is granted on, or a folder above. */
export type Level = Spot | { kind: 'folder'; id: string };

interface Read<T> {
  call: string;
  resource: string;
  /** What it is, for people: "the allow policy of acme-video". */
  what: string;
  needs: string;
  ask: (cloud: Cloud) => Promise<T>;
}

/** All that a diagnosis reads. */
export interface Looking {
  /** What lies above the project, the nearest first: folders, and the organisation last. */
  ancestry(): Promise<Reading<string[]>>;
  policy(level: Level): Promise<Reading<Policy>>;
  /** A role; the answer is null where there is none. */
  role(name: string): Promise<Reading<Role | null>>;
  /** The account; the answer is null where there is none. */
  account(): Promise<Reading<ServiceAccount | null>>;
  /** The user-managed keys of the account; the answer is null where there is no account. */
  keys(): Promise<Reading<Key[] | null>>;
  /** Whether these APIs are on in the project. */
  services(names: readonly string[]): Promise<Reading<Map<string, ServiceState>>>;
  /** What time it is at Google. */
  now(): Date;
}

/** Looks for a diagnosis: each thing is read once, by the first observer who may. */
export function looking({ observers, project, email }: Subject): Looking {
  const home = homeOf(email, project);
  const account = { resource: `projects/${home}/serviceAccounts/${email}` };
  const read = <T>(about: Read<T>) => readBy(observers, about);
  return {
    ancestry: once(
      () => '',
      () =>
        read({
          call: 'cloudresourcemanager projects.getAncestry',
          resource: `projects/${project}`,
          what: `what ${project} lies in`,
          needs: 'resourcemanager.projects.get',
          ask: async (cloud) => (await cloud.projects.ancestry(project)).slice(1),
        }),
    ),
    policy: once(
      (level: Level) => resourceOf(level, project),
      (level: Level) =>
        read({
          ...policyCalls[level.kind],
          resource: resourceOf(level, project),
          what: `the allow policy of ${resourceOf(level, project)}`,
          ask: (cloud) =>
            level.kind === 'folder' ? cloud.folders.getPolicy(level.id) : getPolicyAt(level, cloud, project),
        }),
    ),
    role: once(
      (name: string) => name,
      (name: string) =>
        read({
          call: `iam ${name.startsWith('roles/') ? '' : `${name.split('/')[0] ?? ''}.`}roles.get`,
          resource: name,
          what: `the role ${name}`,
          needs: 'iam.roles.get',
          ask: async (cloud) => (await cloud.roles.get(name)) ?? null,
        }),
    ),
    account: once(
      () => '',
      () =>
        read({
          ...account,
          call: 'iam projects.serviceAccounts.get',
          what: `the account ${email}`,
          needs: 'iam.serviceAccounts.get',
          ask: async (cloud) => (await cloud.accounts.get(email, home)) ?? null,
        }),
    ),
    keys: once(
      () => '',
      () =>
        read({
          ...account,
          call: 'iam projects.serviceAccounts.keys.list',
          what: `the keys of ${email}`,
          needs: 'iam.serviceAccountKeys.list',
          ask: (cloud) =>
            cloud.keys.list(home, email).catch((error: unknown) => {
              if (isCloudError(error, 'not-found')) return null;
              throw error;
            }),
        }),
    ),
    services: once(
      (names: readonly string[]) => names.join(),
      (names: readonly string[]) =>
        read({
          call: 'serviceusage services.batchGet',
          resource: `projects/${project}`,
          what: `which APIs are on in ${project}`,
          needs: 'serviceusage.services.get',
          ask: (cloud) => cloud.services.states(project, names),
        }),
    ),
    now: () => observers[0].serverTime(),
  };
}

/** The same question is put once. */
function once<A extends readonly unknown[], T>(
  key: (...about: A) => string,
  ask: (...about: A) => Promise<T>,
): (...about: A) => Promise<T> {
  const asked = new Map<string, Promise<T>>();
  return (...about) => {
    const id = key(...about);
    const known = asked.get(id) ?? ask(...about);
    asked.set(id, known);
    return known;
  };
}

/** @throws CloudError where the run was cancelled, and whatever is a bug of ours */
async function readBy<T>(
  observers: readonly Cloud[],
  { call, resource, what, needs, ask }: Read<T>,
): Promise<Reading<T>> {
  let said: string | undefined;
  for (const observer of observers)
    try {
      const value = await ask(observer);
      return { value, cite: (words) => ({ call, resource, said: words }) };
    } catch (error) {
      if (isCloudError(error, 'cancelled')) throw error;
      if (!isCloudError(error) && !(error instanceof CredentialsError)) throw error;
      said ??= error.message;
    }
  return { value: undefined, unread: { what, needs, said: said ?? 'nobody could be asked' } };
}

/** As Google names it. */
export function resourceOf({ kind, id }: Level, project: string): string {
  switch (kind) {
    case 'project':
      return `projects/${id}`;
    case 'folder':
      return `folders/${id}`;
    case 'organization':
      return `organizations/${id}`;
    case 'account':
      return `projects/${homeOf(id, project)}/serviceAccounts/${id}`;
    case 'bucket':
      return `buckets/${id}`;
    case 'run-service': {
      const [region = '', name = ''] = id.split('/');
      return `projects/${project}/locations/${region}/services/${name}`;
    }
  }
}

const policyCalls: Readonly<Record<Level['kind'], { call: string; needs: string }>> = {
  project: {
    call: 'cloudresourcemanager projects.getIamPolicy',
    needs: 'resourcemanager.projects.getIamPolicy',
  },
  folder: {
    call: 'cloudresourcemanager folders.getIamPolicy',
    needs: 'resourcemanager.folders.getIamPolicy',
  },
  organization: {
    call: 'cloudresourcemanager organizations.getIamPolicy',
    needs: 'resourcemanager.organizations.getIamPolicy',
  },
  account: { call: 'iam projects.serviceAccounts.getIamPolicy', needs: 'iam.serviceAccounts.getIamPolicy' },
  bucket: { call: 'storage buckets.getIamPolicy', needs: 'storage.buckets.getIamPolicy' },
  'run-service': { call: 'run projects.locations.services.getIamPolicy', needs: 'run.services.getIamPolicy' },
};

/** The project that an account belongs to, by its address. */
function homeOf(email: string, project: string): string {
  const home = /@([^.@]+)\.iam\.gserviceaccount\.com$/u.exec(email)?.[1];
  return home ?? project;
}
