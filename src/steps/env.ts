import { seeEnvFile, writeEnvFile } from '../handoff/env-file.ts';
import { namesIn } from '../handoff/env-values.ts';
import { isInWorkTree } from '../handoff/git-ignored.ts';
import { ProblemError } from '../wizard/problem.ts';
import type { Fact, Step } from '../wizard/step.ts';
import { cloudProblem, seenOr, unseen } from './cloud-problem.ts';
import { digestsOf, variablesOf, type SeenEnv, type WantedEnv } from './env-wanted.ts';
import { briefly, envProblem, foundInstead, inWords, shownPath } from './env-words.ts';
import type { Goal, Tools } from './goal.ts';
import { readKeyFile, type LocalKey } from './key-file.ts';
import { occupied } from './key-problems.ts';
import { troubleWith, type WantedKey } from './key-wanted.ts';
import { wornKey } from './key-worn.ts';
import { keyStep } from './key.ts';

/** Puts what the key file holds into the variables of an env file that the profile names. The key file stays the original. */
export const envStep: Step<WantedEnv, SeenEnv, Tools, Goal> = {
  id: 'env',
  title: 'Env file',
  why: 'Puts the key where your program reads it: into variables of an env file. Every other line of it stays as it is.',
  undo: 'the variables can be taken out of the file again',
  needs: ['key'],
  settling: { agree: 1, usuallyMs: 1000, patienceMs: 180_000 },

  want(goal) {
    const { envFile } = goal.answers;
    if (envFile === undefined) throw new Error('no env file was chosen');
    const { path: file, format, source } = envFile;
    return { key: keyStep.want(goal), file, format, source, names: goal.profile.env };
  },

  async look(tools, wanted) {
    const { file, format, key } = wanted;
    const local = await readKeyFile(key.file);
    const values = variablesOf(wanted, local);
    // Refused before anything is written, also while there is no key yet.
    const [outcome, awaits, ignored] = await Promise.all([
      seeEnvFile(file, values, { format }),
      awaited(tools, key, local),
      isInWorkTree(file),
    ]);
    if (outcome.kind === 'refused') throw new ProblemError(envProblem(outcome.trouble));
    return { awaits, outcome, ignored, digests: digestsOf(values) };
  },

  compare({ file, source, key, names }, { awaits, outcome }) {
    const { made, changed, closed, replaced } = outcome;
    if (!changed && !closed && awaits === undefined) return [];
    const all = inWords(namesIn(names));
    const privately = made || closed ? ', and only you can read it' : '';
    return [
      {
        sign: made || (changed && replaced.length === 0) ? '+' : '~',
        what: 'env',
        name: file,
        from: foundInstead(outcome),
        to: `${awaits ?? `the key of ${key.email}`} in ${all}${privately}`,
        why: 'your program reads them there',
        source,
        requires: [],
      },
    ];
  },

  facts({ file, names }, { awaits, outcome, ignored }) {
    const { notes, changed, closed } = outcome;
    const guard = ignored ? ' (ignored by git)' : ' (only you can read it)';
    const told = notes.map(({ kind, text }): Fact => ({
      tone: kind === 'odd-line' ? 'attention' : 'note',
      text,
    }));
    if (changed || closed || awaits !== undefined) return told;
    const isSecret = (names.privateKey ?? names.credentialsJson) !== undefined;
    return [
      { tone: 'note', text: `${shownPath(file)} has ${briefly(namesIn(names))}${isSecret ? guard : ''}` },
      ...told,
    ];
  },

  unseen: ({ awaits }) => awaits !== undefined,
  makes({ file, format }, { outcome: { made, added, replaced }, digests }) {
    const variables = [...added, ...replaced].join(' ');
    if (variables === '') return [];
    const evidence = { variables, digests, format, ...(made && { new: 'yes' }) };
    return [{ what: 'env', did: 'wrote', name: file, evidence }];
  },
  evidence: ({ file, format }, { digests }) => ({ file, format, digests }),

  async act(_tools, { wanted }) {
    const { file, format, key } = wanted;
    const local = await readKeyFile(key.file);
    if (local.kind !== 'key' || local.email !== key.email)
      throw new ProblemError(occupied(key.file, `not a key of ${key.email} any more`));
    const values = variablesOf(wanted, local);
    const written = await writeEnvFile(file, values, { format });
    if (written.kind === 'refused') throw new ProblemError(envProblem(written.trouble));
    return { file, format, digests: digestsOf(values) };
  },

  waiting: () => ({ waitingFor: 'every replica to know the key' }),
  problem(error, { file, key: { project, email } }) {
    if (error === undefined)
      return {
        mover: 'person',
        what: `${file} was written, but does not hold the key any more`,
        why: 'another program goes on writing it',
        next: 'close what else writes it, then run this again',
        exit: 'blocked',
      };
    return cloudProblem(error, { project, doing: `look at the keys of ${email}` });
  },
};

/** The key that the file is to get, in words, where that is not the one in the key file: the step before makes it. */
async function awaited({ cloud }: Tools, wanted: WantedKey, local: LocalKey): Promise<string | undefined> {
  const { project, email, turnedOn } = wanted;
  if (local.kind === 'closed') return `the key of ${email}`;
  if (local.kind !== 'key' || local.email !== email) return `the new key of ${email}`;
  // That keys cannot be listed is the key's own step to tell: it stops the run.
  const listed = await seenOr(cloud.keys.list(project, email), turnedOn).catch((): typeof unseen => unseen);
  if (listed === unseen) return `the key of ${email}`;
  const worn = listed.map((key) => wornKey(key, wanted, cloud.serverTime()));
  return troubleWith(local, worn) === undefined ? undefined : `the new key of ${email}`;
}
