import { readEnvFile } from '../handoff/env-file-read.ts';
import { removeFromEnvFile } from '../handoff/env-file-remove.ts';
import type { EnvFormat } from '../handoff/env-form.ts';
import type { EnvTrouble } from '../handoff/env-trouble.ts';
import type { ProblemError } from '../wizard/problem.ts';
import { digestOf } from './env-wanted.ts';
import { inWords } from './env-words.ts';
import { refused } from './refused.ts';
import { wordsIn } from './undo-entries.ts';
import type { UndoKind } from './undo-kind.ts';
import { undoStep } from './undo-step.ts';

/** The variables that are in the file: those that hold what a run wrote, and those that hold something else by now. */
interface Found {
  ours: readonly string[];
  others: readonly string[];
}

/** Variables that runs wrote into an env file. */
export const undoEnv: UndoKind = {
  kind: 'env/wrote',
  id: 'env',
  step(given) {
    const { traces } = given;
    const file = traces[0]?.made.name ?? '';
    const variables = new Set(traces.flatMap(({ evidence }) => wordsIn(evidence['variables'])));
    const written = new Set(traces.flatMap(({ evidence }) => wordsIn(evidence['digests'])));
    const format: EnvFormat = traces.at(-1)?.evidence['format'] === 'docker' ? 'docker' : 'dotenv';
    const whenEmpty = traces.some(({ evidence }) => evidence['new'] === 'yes') ? 'remove' : 'keep';

    const isOurs = (name: string, value: string): boolean =>
      [value, ...(format === 'docker' ? [value.replaceAll(String.raw`\n`, '\n')] : [])].some((each) =>
        written.has(`${name}:${digestOf(each)}`),
      );

    return undoStep<Found>(given, {
      title: 'Env file',
      why: 'The variables that hold the key. Every other line of the file stays as it is.',
      undo: 'setup writes them again',
      doing: `look at or change ${file}`,

      async look() {
        const ours: string[] = [];
        const others: string[] = [];
        for (const name of variables) {
          const found = await readEnvFile(file, name, format);
          if (found.kind === 'refused') throw left(found.trouble);
          if (found.kind === 'absent') continue;
          (found.kind === 'value' && isOurs(name, found.value) ? ours : others).push(name);
        }
        return { ours, others };
      },

      compare: ({ ours }) =>
        ours.length === 0
          ? []
          : [
              {
                sign: '-',
                what: 'env',
                name: file,
                from: `has ${inWords(ours)}`,
                to: 'taken out of it',
                why: 'nothing can be done with a key that is gone',
                source: 'made by iamready',
                requires: [],
              },
            ],
      facts: ({ others }) =>
        others.length === 0
          ? []
          : [
              {
                tone: 'attention',
                text: `${file}: ${inWords(others)} ${others.length === 1 ? 'holds' : 'hold'} something else by now, and ${others.length === 1 ? 'is' : 'are'} left`,
              },
            ],

      async act(_tools, { ours }) {
        const removed = await removeFromEnvFile(file, ours, { format, whenEmpty });
        if (removed.kind === 'refused') throw left(removed.trouble);
      },
    });
  },
};

/** The file stays as it is; the rest goes on. */
function left({ what, why, next }: EnvTrouble): ProblemError {
  return refused(what, why ?? 'the variables in it cannot be told from the rest', next);
}
