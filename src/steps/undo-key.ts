import { rm } from 'node:fs/promises';
import type { Change, Fact } from '../wizard/step.ts';
import { againIfUnavailable } from './again.ts';
import { readKeyFile, type LocalKey } from './key-file.ts';
import { commandLine } from './shell.ts';
import type { UndoKind } from './undo-kind.ts';
import { findKeys, type FoundKeys } from './undo-keys-found.ts';
import { undoStep } from './undo-step.ts';

/** Keys that runs made, of one account, and the files that hold them. */
export const undoKey: UndoKind = {
  kind: 'key/made',
  id: 'key',
  step(given) {
    const { project, traces } = given;
    const email = traces[0]?.made.name ?? '';

    return undoStep<FoundKeys>(given, {
      title: 'Key',
      why: 'Keys go first, so that nobody signs in with one while the rest is taken away. A copy stops working within minutes.',
      undo: 'a deleted key never comes back; setup makes a new one',
      doing: `look at or delete keys of ${email}`,
      look: (tools, read) => findKeys(tools, { project, email }, traces, read),

      compare({ ours, made, files }) {
        const keys = ours.map((id): Change => ({
          sign: '-',
          what: 'key',
          name: id,
          from: `a key of ${email}`,
          to: 'deleted for good',
          why: 'whoever has a copy of it is the account',
          source: 'made by iamready',
          gcloud: commandLine(
            ...['gcloud', 'iam', 'service-accounts', 'keys', 'delete', id],
            ...[`--iam-account=${email}`, `--project=${project}`],
          ),
          requires: ['iam.serviceAccountKeys.delete'],
        }));
        const held = [...files].filter(([, file]) => file.kind === 'key' && made.has(file.id));
        return [
          ...keys,
          ...held.map(([path]): Change => ({
            sign: '-',
            what: 'file',
            name: path,
            from: 'holds that key',
            to: 'removed',
            why: 'nothing can be done with it any more',
            source: 'made by iamready',
            requires: [],
          })),
        ];
      },

      facts({ made, unsure, files }) {
        const others = [...files].flatMap(([path, file]): Fact[] => {
          if (file.kind === 'none' || (file.kind === 'key' && made.has(file.id))) return [];
          return [{ tone: 'attention', text: `${path} ${standing(file)}, and is left as it is` }];
        });
        const names = unsure.join(', ');
        const text = `since a run was interrupted there are ${unsure.length} new keys of ${email}; one may be its, none is touched: ${names}`;
        return unsure.length === 0 ? others : [...others, { tone: 'attention', text }];
      },

      async act({ cloud }, { ours, made, files }, signal) {
        for (const id of ours) await againIfUnavailable(() => cloud.keys.delete(project, email, id), signal);
        for (const path of files.keys()) {
          const file = await readKeyFile(path);
          if (file.kind === 'key' && made.has(file.id)) await rm(path, { force: true });
        }
      },
    });
  },
};

/** What a file is that does not hold the key that it held. */
function standing(file: Exclude<LocalKey, { kind: 'none' }>): string {
  switch (file.kind) {
    case 'key':
      return `holds another key (${file.id})`;
    case 'acting':
      return `acts as ${file.email} without a key`;
    case 'closed':
      return 'cannot be read';
    case 'other':
      return `is ${file.found}`;
  }
}
