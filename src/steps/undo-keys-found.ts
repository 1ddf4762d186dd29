import type { Key } from '../google/keys.ts';
import { isCloudError } from '../google/errors.ts';
import { readKeyFile, type LocalKey } from './key-file.ts';
import { appearedSince } from './key-orphans.ts';
import type { Tools } from './goal.ts';
import type { Trace } from './undo-entries.ts';
import type { Read } from './undo-step.ts';

/** The user-managed keys of an account, told apart. */
export interface FoundKeys {
  ours: readonly string[];
  /** Keys that appeared when a run was interrupted, too many to tell which was its. */
  unsure: readonly string[];
  /** Somebody else's. */
  others: readonly string[];
  /** Every ID of a key that runs made, also of those that are gone. */
  made: ReadonlySet<string>;
  /** What stands where runs put a key, by the path. */
  files: ReadonlyMap<string, LocalKey>;
}

/** Finds out which keys of an account are ours: those that the journal names, and what an interrupted run left. */
export async function findKeys(
  { cloud }: Tools,
  account: { project: string; email: string },
  traces: readonly Trace[],
  read: Read,
): Promise<FoundKeys> {
  const { project, email } = account;
  const known = traces.flatMap(({ evidence }) => evidence['id'] ?? []);
  const lists = await read(
    () =>
      cloud.keys.list(project, email).catch((error: unknown) => {
        if (isCloudError(error, 'not-found')) return [];
        throw error;
      }),
    (keys) => known.every((id) => keys.some((key) => key.id === id)) && traces.every(({ sure }) => sure),
  );
  const listed = [...new Map(lists.flat().map((key) => [key.id, key])).values()];
  const paths = [...new Set(traces.flatMap(({ evidence }) => evidence['file'] ?? []))];
  const files = new Map(await Promise.all(paths.map(async (path) => [path, await standsAt(path)] as const)));

  const made = new Set(known);
  const unsure = new Set<string>();
  for (const { evidence, sure } of traces) {
    const file = files.get(evidence['file'] ?? '');
    const left = leftBy(evidence, listed, !sure && file?.kind === 'key' ? file.id : undefined);
    const fresh = left.filter((id) => !made.has(id));
    const [only] = fresh;
    if (fresh.length === 1 && only !== undefined) made.add(only);
    else for (const id of fresh) unsure.add(id);
  }
  const ids = listed.map(({ id }) => id);
  return {
    ours: ids.filter((id) => made.has(id)),
    unsure: ids.filter((id) => unsure.has(id)),
    others: ids.filter((id) => !made.has(id) && !unsure.has(id)),
    made,
    files,
  };
}

/** The keys that a run may have left that died while it made one: what its file holds by now, else what appeared then. */
function leftBy(evidence: Trace['evidence'], listed: readonly Key[], held: string | undefined): string[] {
  const appeared = appearedSince(evidence, listed, undefined).map(({ id }) => id);
  return held !== undefined && appeared.includes(held) ? [held] : appeared;
}

async function standsAt(path: string): Promise<LocalKey> {
  return readKeyFile(path).catch((): LocalKey => ({ kind: 'other', found: 'a file that cannot be read' }));
}
