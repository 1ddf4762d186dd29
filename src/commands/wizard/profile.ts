import { listProfiles, loadProfile } from '../../profile/load.ts';
import { ProfileError } from '../../profile/profile-error.ts';
import type { Profile } from '../../profile/profile.ts';
import type { ChoiceQuestion, Note, Option } from '../../wizard/question.ts';
import type { Ending, Talk } from './talk.ts';

const ownFile = 'a profile of your own';

/** A profile, and how it was named: built-in ones by their names, others by their paths. */
export interface ChosenProfile {
  profile: Profile;
  named: string;
}

async function chosen(named: string): Promise<ChosenProfile> {
  return { profile: await loadProfile(named), named };
}

/** Asks what to get ready for, unless a flag says it. @throws ProfileError for a flag that names none, or a broken one. */
export async function chooseProfile(
  talk: Talk,
  { named, canGoBack }: { named: string | undefined; canGoBack: boolean },
): Promise<Ending<ChosenProfile>> {
  if (named !== undefined) return { kind: 'done', value: await chosen(named) };
  const profiles = await listProfiles();
  const question: ChoiceQuestion = {
    kind: 'choice',
    id: 'profile',
    at: 'profile',
    title: 'What is the service account for?',
    why: 'A profile says which permissions a tool needs, and why each of them.',
    flag: '--profile',
    canGoBack,
    noun: 'profile',
    filter: true,
    loading: false,
    options: [
      ...profiles.map(optionOf),
      { id: ownFile, label: 'type the path of a profile of your own', columns: ['YAML'], pinned: true },
    ],
  };
  let notes: readonly Note[] = [];
  for (;;) {
    const answer = await talk.ask({ ...question, notes });
    if (answer.kind === 'back') return { kind: 'back' };
    if (answer.kind !== 'chosen') continue;
    if (answer.id !== ownFile) return { kind: 'done', value: await chosen(answer.id) };
    const file = await askForFile(talk);
    if (file === undefined) continue;
    try {
      return { kind: 'done', value: await chosen(file) };
    } catch (error) {
      if (!(error instanceof ProfileError)) throw error;
      notes = [{ tone: 'attention', text: `${error.message}. ${error.remedy}` }];
    }
  }
}

function optionOf({ name, title, summary, status, permissions, services, role, account }: Profile): Option {
  const made = `${role === undefined ? '' : `the role ${role.id} and `}the account ${account.id}`;
  const makes = `Makes ${made}, and turns on ${services.length} services.`;
  const told = status.stage === 'stable' ? [] : [`${status.stage}: ${status.note ?? 'use with care.'}`];
  return {
    id: name,
    label: title,
    columns: [status.stage, `${permissions.length} permissions`],
    detail: [summary, makes, ...told].join(' '),
  };
}

async function askForFile(talk: Talk): Promise<string | undefined> {
  const answer = await talk.ask({
    kind: 'text',
    id: 'profile-file',
    at: 'profile',
    title: 'Where is your profile?',
    why: 'A YAML file in the form of the built-in ones. Nothing in it is run.',
    flag: '--profile',
    canGoBack: true,
    noun: 'path',
    value: '',
    check: (text) =>
      /[^/\\]\.ya?ml$/iu.test(text) ? undefined : 'name a file that ends in .yaml or .yml: ./team.yaml',
  });
  // A name without a slash is taken for a file here, as the person was asked for one; it ends in .yaml.
  return answer.kind === 'typed' ? answer.text : undefined;
}
