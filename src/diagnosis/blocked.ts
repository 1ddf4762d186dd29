import type { Cloud } from '../google/cloud.ts';
import { isCloudError } from '../google/errors.ts';
import type { OnQuotaWait } from '../google/quota-wait.ts';
import type { Findings, Unread } from './cause.ts';

/** Whose permissions on which project are missing, for those who look above the allow policies. */
export interface Blocked {
  /** The ID of the project on which they are missing. */
  project: string;
  /** Of the account. */
  email: string;
  permissions: readonly string[];
  /** The e-mail addresses of all groups that the account is in; absent: nobody knows. */
  groups?: readonly string[];
  /** What the project lies in, where it was read already. */
  lineage?: Lineage;
  /** Told before it waits for the next minute's reads. */
  onWait?: OnQuotaWait;
}

/** What was found out about them: nothing of either where nothing blocks the account. */
export type Blocks = Pick<Findings, 'causes' | 'unread'>;

/** A project, and what it lies in. */
export interface Lineage {
  /** Digits; absent where it may not be read. */
  number?: string;
  /** `projects/ID`, then `folders/N`, and `organizations/N` last; the project alone where more may not be read. */
  levels: readonly string[];
  unread: readonly Unread[];
}

/** What a project lies in, as far as the observer may see it. @throws CloudError where nothing can be asked at all */
export async function lineageOf(cloud: Cloud, project: string): Promise<Lineage> {
  const [found, levels] = await Promise.all([
    ifReadable(cloud.projects.get(project)),
    ifReadable(cloud.projects.ancestry(project)),
  ]);
  const number = 'value' in found ? found.value?.number : undefined;
  return {
    ...(number !== undefined && { number }),
    levels: 'value' in levels ? levels.value : [`projects/${project}`],
    unread:
      'value' in levels
        ? []
        : [{ what: `what ${project} lies in`, needs: 'resourcemanager.projects.get', said: levels.said }],
  };
}

/** What a read gave, or what was said to whoever may not. */
export type Readable<T> = { value: T } | { said: string };

/**
 * Reads what the observer may not be allowed to read.
 * @throws {CloudError} it is no matter of being allowed: there is no answer, or it was cancelled
 */
export async function ifReadable<T>(read: Promise<T>): Promise<Readable<T>> {
  try {
    return { value: await read };
  } catch (error) {
    if (isCloudError(error, 'denied', 'service-disabled', 'quota', 'not-found', 'invalid', 'precondition'))
      return { said: error.message };
    throw error;
  }
}

/** A level in words: "the organisation 583920471652". */
export function levelInWords(level: string): string {
  const [kind = '', id = ''] = level.split('/');
  return `the ${{ projects: 'project', folders: 'folder', organizations: 'organisation' }[kind] ?? kind} ${id}`;
}

/** The organisation among levels, in words; its roles are what deny policies and boundaries are managed by. */
export function organizationInWords(levels: readonly string[]): string {
  const own = levels.find((level) => level.startsWith('organizations/'));
  return own === undefined ? 'the organisation' : levelInWords(own);
}

/** Levels in words: "the project acme-one, the folder 418820519377 and the organisation 583920471652". */
export function levelsInWords(levels: readonly string[]): string {
  return listed(levels.map(levelInWords));
}

/** "a, b and c". */
export function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}
