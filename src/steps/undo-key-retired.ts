import type { Key } from '../google/keys.ts';
import { isCloudError } from '../google/errors.ts';
import type { Fact } from '../wizard/step.ts';
import { againIfUnavailable } from './again.ts';
import { commandLine } from './shell.ts';
import type { UndoKind } from './undo-kind.ts';
import { undoStep, type Given, type Read } from './undo-step.ts';
import type { Tools } from './goal.ts';

/** Keys that somebody else had made, and that rotating disabled. */
export const undoKeyDisabled: UndoKind = {
  kind: 'key/disabled',
  id: 'key-disabled',
  step(given) {
    const { project } = given;
    const email = emailOf(given);
    const disabled = (keys: readonly Key[]) => keys.filter((key) => key.disabled);
    return undoStep<readonly Key[]>(given, {
      title: 'Old keys',
      why: 'Keys that others made, and that were disabled when another took their place. They are accepted again.',
      undo: 'they can be disabled any time',
      doing: `look at or enable keys of ${email}`,
      look: (tools, read) => findKeys(tools, given, read),
      compare: (keys) =>
        disabled(keys).map(({ id }) => ({
          sign: '~',
          what: 'key',
          name: id,
          from: 'disabled',
          to: 'enabled, as it was',
          why: 'whoever has it can sign in again',
          source: 'changed by iamready',
          gcloud: commandLine(
            ...['gcloud', 'iam', 'service-accounts', 'keys', 'enable', id],
            ...[`--iam-account=${email}`, `--project=${project}`],
          ),
          requires: ['iam.serviceAccountKeys.enable'],
        })),
      async act({ cloud }, keys, signal) {
        for (const { id } of disabled(keys))
          await againIfUnavailable(() => cloud.keys.enable(project, email, id), signal);
      },
    });
  },
};

/** Keys that somebody else had made, and in whose place rotating put another into the file. */
export const undoKeyReplaced: UndoKind = {
  kind: 'key/replaced',
  id: 'key-replaced',
  step(given) {
    const email = emailOf(given);
    return undoStep<readonly Key[]>(given, {
      title: 'Replaced keys',
      why: 'Keys that others made, and that another took the place of in its file. They are looked at, never changed.',
      undo: 'nothing to take back: they are only looked at',
      doing: `look at keys of ${email}`,
      look: (tools, read) => findKeys(tools, given, read),
      compare: () => [],
      facts: (keys) =>
        keys.map(({ id }): Fact => ({
          tone: 'attention',
          text: `key ${id} of ${email}: its file got another key, and no copy of it was kept`,
        })),
      act: () => Promise.resolve(),
    });
  },
};

const emailOf = ({ traces }: Given): string => traces[0]?.made.name ?? '';

/** Those of the keys that are still there. */
async function findKeys({ cloud }: Tools, given: Given, read: Read): Promise<readonly Key[]> {
  const ids = new Set(given.traces.flatMap(({ evidence }) => evidence['id'] ?? []));
  const [keys] = await read(
    () =>
      cloud.keys.list(given.project, emailOf(given)).catch((error: unknown) => {
        if (isCloudError(error, 'not-found')) return [];
        throw error;
      }),
    (listed) => [...ids].every((id) => listed.some((key) => key.id === id)),
  );
  return keys.filter(({ id }) => ids.has(id));
}
