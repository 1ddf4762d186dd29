import { basename, isAbsolute, join, resolve } from 'node:path';
import type { Profile } from '../profile/profile.ts';
import { askedByProfile, type Answer, type Answers } from '../steps/goal.ts';
import type { Journal } from '../wizard/journal.ts';
import { accessAnswer, rememberedAccess } from './access-answer.ts';
import { envFileAnswer, rememberedEnvFile } from './env-file-answer.ts';
import { keysFolder, projectPath } from './folders.ts';
import { isProjectId, nameRules, projectIdRemedy, type NameKey } from './name-rules.ts';
import type { RunFlags } from './run-flags.ts';
import { shown } from './shown.ts';
import { teamAnswer } from './team-answer.ts';
import { tightenAnswer } from './tighten-answer.ts';
import { unanswered, usage } from './usage.ts';
import { whatStandsAt } from './what-stands-at.ts';
import { withoutAnswer } from './without-answer.ts';

/** The project that a run is for. @throws ProblemError if none was given, or it cannot be a project ID. */
export function projectAnswer({ project }: RunFlags): string {
  if (project === undefined)
    throw unanswered('which project?', 'name it: --project=ID (gcloud projects list shows what you have)');
  if (!isProjectId(project))
    throw usage(
      `--project: ${shown(project)} is not a project ID`,
      `${projectIdRemedy}: --project=my-project`,
    );
  return project;
}

/** What a person typed or chose in the wizard: names, the path of an env file, a key to delete, and permissions to do without. */
export type Typed = Partial<Readonly<Record<NameKey | 'envFile' | 'deleteKey' | 'without', string>>>;

/**
 * All answers: what was typed, else what the flags say, else what an earlier run was told, else the profile.
 * @param earlier - of the journal
 * @param email of the operator, where it is known
 * @throws ProblemError for one that Google would refuse.
 */
export function answersFrom(
  flags: RunFlags,
  profile: Profile,
  endpoint: string | undefined,
  earlier: Journal['answers'] = {},
  typed: Typed = {},
  email?: string,
): Answers {
  const project = projectAnswer(flags);
  const { role, account } = profile;
  const name = (key: NameKey, wanted: string): Answer => {
    const { flag, noun, remedy, example, fits } = nameRules[key];
    const given = flags[key];
    if (given !== undefined && !fits(given))
      throw usage(`${flag}: ${shown(given)} cannot be ${withArticle(noun)}`, `${remedy}: ${flag}=${example}`);
    const before = earlier[key];
    if (typed[key] !== undefined) return { value: typed[key], source: 'you typed it' };
    if (given !== undefined) return { value: given, source: `you gave ${flag}` };
    if (before !== undefined && before !== wanted && fits(before))
      return { value: before, source: 'you chose it before' };
    return { value: wanted, source: askedByProfile };
  };
  const roleAnswers = (): Pick<Answers, 'roleId' | 'roleTitle'> => {
    if (role !== undefined)
      return { roleId: name('roleId', role.id), roleTitle: name('roleTitle', role.title) };
    const given = (['roleId', 'roleTitle'] as const).find((key) => flags[key] !== undefined);
    if (given === undefined) return {};
    throw usage(
      `${nameRules[given].flag}: the profile ${profile.name} makes no role; it grants predefined ones`,
      `leave ${nameRules[given].flag} out`,
    );
  };
  const accountId = name('accountId', account.id);
  const usual = join(keysFolder(process.env), projectPath(project, endpoint), `${accountId.value}.json`);
  const keyFile = keyFileAnswer(
    flags,
    usual,
    earlier['accountId'] === accountId.value ? earlier['keyFile'] : usual,
  );
  const access = accessAnswer(flags, email, earlier);
  const envFile = envFileAnswer({
    ...{ flags, profile, earlier, access },
    typed: typed.envFile,
    keyFile: keyFile.value,
  });
  const without = withoutAnswer(flags, profile, earlier, typed.without);
  return {
    project,
    ...roleAnswers(),
    accountId,
    accountName: name('accountName', account.displayName),
    keyFile,
    ...(envFile && { envFile }),
    ...(without && { without }),
    ...(flags.removeExtra === true && { removeExtra: 'you gave --remove-extra' }),
    ...tightenAnswer(flags, profile, earlier),
    ...teamAnswer(flags, profile, earlier),
    access,
    ...deleteKeyAnswer(flags, typed),
  };
}

/** @throws ProblemError for what cannot be the ID of a key. */
function deleteKeyAnswer({ deleteKey }: RunFlags, typed: Typed): Pick<Answers, 'deleteKey'> {
  if (typed.deleteKey !== undefined) return { deleteKey: { value: typed.deleteKey, source: 'you chose it' } };
  if (deleteKey === undefined) return {};
  if (!/^[0-9a-f]{40}$/.test(deleteKey))
    throw usage(
      `--delete-key: ${shown(deleteKey)} is not the ID of a key`,
      'give its 40 hexadecimal digits: gcloud iam service-accounts keys list shows them',
    );
  return { deleteKey: { value: deleteKey, source: 'you gave --delete-key' } };
}

/**
 * What the journal remembers of the answers.
 * @param profile as it was named: the path of one that is not built in is kept, so that the next run finds it
 */
export function remembered(
  { project, keyFile, access, envFile, tighten, without, team, ...names }: Answers,
  profile: string | undefined,
): Record<string, string> {
  const { roleId, roleTitle, accountId, accountName } = names;
  return {
    project,
    ...(roleId && { roleId: roleId.value }),
    ...(roleTitle && { roleTitle: roleTitle.value }),
    accountId: accountId.value,
    accountName: accountName.value,
    keyFile: keyFile.value,
    ...(tighten && { tighten: tighten.value }),
    ...(team && { member: team.members.join(',') }),
    ...rememberedAccess(access),
    ...rememberedEnvFile(envFile),
    ...(without && { without: without.permissions.map((each) => each.name).join(',') }),
    ...(profile !== undefined && isProfileFile(profile) && { profileFile: resolve(profile) }),
  };
}

/** Where nothing was to be written, nobody was asked, but an env file or permissions may have been chosen all the same. */
export async function rememberChosen(
  journal: Journal,
  answers: Answers,
  profile: string | undefined,
): Promise<void> {
  const now = remembered(answers, profile);
  const before = journal.answers;
  if (['envFile', 'envFormat', 'without'].some((key) => now[key] !== before[key])) await journal.answer(now);
}

/** Names of built-in profiles have no ending. */
function isProfileFile(profile: string): boolean {
  return /\.ya?ml$/iu.test(profile);
}

function withArticle(noun: string): string {
  return /^[aeiou]/.test(noun) ? `an ${noun}` : `a ${noun}`;
}

function keyFileAnswer({ keyFile }: RunFlags, usual: string, before = usual): Answer {
  if (keyFile === undefined)
    return before === usual || !isAbsolute(before)
      ? { value: usual, source: 'the usual place' }
      : { value: before, source: 'you chose it before' };
  const file = resolve(keyFile);
  const found = whatStandsAt(file);
  if (keyFile === '' || /[/\\]$/.test(keyFile) || found === 'a folder')
    throw usage(
      `--key-file: ${shown(keyFile)} is a folder, and a key goes into a file`,
      `name the file in it: --key-file=${join(file, basename(usual))}`,
    );
  if (found === 'something else')
    throw usage(`--key-file: ${shown(keyFile)} is no regular file`, 'name a file: --key-file=./key.json');
  return { value: file, source: 'you gave --key-file' };
}
