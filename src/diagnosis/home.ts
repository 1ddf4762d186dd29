import type { Cloud } from '../google/cloud.ts';
import { lineageOf, type Blocked, type Lineage } from './blocked.ts';

/** The ID of the project that a service account belongs to, by its address; of the default ones it does not tell. */
export function homeProjectOf(email: string): string | undefined {
  return (
    /@([^.@]+)\.iam\.gserviceaccount\.com$/u.exec(email)?.[1] ??
    /^([^@]+)@appspot\.gserviceaccount\.com$/u.exec(email)?.[1]
  );
}

/** What the account's own project lies in; what is known of the blocked project serves where it is the same, or is not told. */
export async function homeOf(cloud: Cloud, { email, project }: Blocked, lineage: Lineage): Promise<Lineage> {
  const home = homeProjectOf(email) ?? project;
  return home === project ? lineage : lineageOf(cloud, home);
}

/**
 * The levels with the project by its number, as sets of principals name it; nothing where not all is known.
 */
export function numbered({ number, levels, unread }: Lineage): readonly string[] | undefined {
  if (number === undefined || unread.length > 0) return undefined;
  return [`projects/${number}`, ...levels.slice(1)];
}
