import type { Cloud } from '../../google/cloud.ts';
import type { Profile } from '../../profile/profile.ts';
import { accountEmail, roleName, type Goal } from '../../steps/goal.ts';
import type { Session } from '../../wizard/session.ts';
import type { Option } from '../../wizard/question.ts';
import type { Typed } from '../answers.ts';
import { nameRules, type NameKey } from '../name-rules.ts';
import type { RunFlags } from '../run-flags.ts';
import { askForEnvFile, envFileOption } from './env-file-question.ts';
import { askPermissions, permissionsOption } from './permissions.ts';
import { askForTighten, tightenOption } from './tighten-question.ts';
import type { Talk } from './talk.ts';

const stepOf: Readonly<Record<NameKey, 'role' | 'account'>> = {
  roleId: 'role',
  roleTitle: 'role',
  accountId: 'account',
  accountName: 'account',
};
const keys = ['roleId', 'roleTitle', 'accountId', 'accountName'] as const satisfies NameKey[];
/** Google takes no other ID for what is made; a title can be changed any time. */
const forGood: readonly NameKey[] = ['roleId', 'accountId'];

interface About {
  goal: Goal;
  /** With all of its permissions. */
  profile: Profile;
  cloud: Cloud;
  session: Session;
  /** Only the names of this step, where a person goes step by step. */
  step?: string;
}

/** What a person wants otherwise: a name or the env file, or another way to sign in as the account. */
export type Edited =
  { kind: 'name'; typed: Typed } | { kind: 'access' } | { kind: 'tighten'; flags: Pick<RunFlags, 'tighten'> };

/**
 * Lets a person change a name of what is to be made, or the env file, or say that they want another way to sign in. Undefined
 * where they went back.
 */
export async function editNames(talk: Talk, about: About): Promise<Edited | undefined> {
  const { goal, profile, session, step } = about;
  for (;;) {
    const chosen = await talk.ask({
      kind: 'choice',
      id: 'names',
      at: step ?? 'role',
      title: 'What shall be otherwise?',
      why: 'Another ID makes another thing beside what is there. Titles and display names are only read by people.',
      flag: [...keys.map((key) => nameRules[key].flag), '--without', '--keyless', '--tighten', '--env'].join(
        ', ',
      ),
      canGoBack: true,
      noun: 'name',
      filter: false,
      loading: false,
      options: keys
        .filter((key) => step === undefined || stepOf[key] === step)
        .flatMap((key) => optionOf(key, goal, session))
        .concat(step === undefined || step === 'role' ? permissionsOption(profile, goal) : [])
        .concat(step === undefined ? accessOption(goal, session) : [])
        .concat(step === undefined || step === 'role' ? tightenOption(goal) : [])
        .concat(step === undefined || step === 'env' ? envFileOption(goal) : []),
    });
    if (chosen.kind !== 'chosen') return undefined;
    if (chosen.id === 'access') return { kind: 'access' };
    if (chosen.id === 'tighten') {
      const tighten = await askForTighten(talk, goal);
      if (tighten !== undefined) return { kind: 'tighten', flags: { tighten } };
      continue;
    }
    if (chosen.id === 'permissions')
      return { kind: 'name', typed: { without: await askPermissions(talk, profile, goal) } };
    if (chosen.id === 'envFile') {
      const envFile = await askForEnvFile(talk, goal);
      if (envFile !== undefined) return { kind: 'name', typed: { envFile } };
      continue;
    }
    const key = keys.find((each) => each === chosen.id);
    if (key === undefined) return undefined;
    const text = await askForName(talk, key, about);
    if (text !== undefined) return { kind: 'name', typed: { [key]: text } };
  }
}

function accessOption({ answers }: Goal, session: Session): Option {
  const { kind } = answers.access;
  const node = session.nodes['key'];
  const made = node?.state === 'ready' && node.changed.length > 0;
  return {
    id: 'access',
    label: 'sign-in',
    columns: [kind === 'key' ? 'with a key in a file' : 'without a key'],
    detail: 'Programs can do without a key: then there is none that could be lost.',
    ...(made && { unavailable: 'it has just been made so' }),
  };
}

function optionOf(key: NameKey, { answers }: Goal, session: Session): Option[] {
  const answer = answers[key];
  if (answer === undefined) return [];
  const { value, source } = answer;
  const node = session.nodes[stepOf[key]];
  const made = node?.state === 'ready' && node.changed.some(({ sign }) => sign === '+');
  return [
    {
      id: key,
      label: nameRules[key].noun,
      columns: [value, source],
      ...(made && forGood.includes(key) && { unavailable: 'it has just been made under this ID' }),
    },
  ];
}

async function askForName(talk: Talk, key: NameKey, { goal, cloud }: About): Promise<string | undefined> {
  const { noun, flag, remedy, fits } = nameRules[key];
  const value = goal.answers[key]?.value ?? '';
  const answer = await talk.ask({
    kind: 'text',
    id: `name:${key}`,
    at: stepOf[key],
    title: `What shall the ${noun} be?`,
    why: forGood.includes(key)
      ? 'It can never be changed afterwards, and stays taken for a while after a deletion.'
      : 'It can be changed any time.',
    flag,
    canGoBack: true,
    noun,
    value,
    check: (text) => (fits(text) ? undefined : remedy),
    ...(forGood.includes(key) && {
      confirm: (text) => (text === value ? Promise.resolve(undefined) : taken(cloud, key, goal, text)),
    }),
  });
  return answer.kind === 'typed' ? answer.text : undefined;
}

/**
 * Whether somebody has this ID already: a role or an account that we did not make is not for us to change unasked.
 * @throws CloudError where that cannot be seen; the step tells why
 */
async function taken(cloud: Cloud, key: NameKey, goal: Goal, text: string): Promise<string | undefined> {
  const renamed: Goal = {
    ...goal,
    answers: { ...goal.answers, [key]: { value: text, source: 'you typed it' } },
  };
  const { project } = goal.answers;
  if (key === 'accountId') {
    const account = await cloud.accounts.get(accountEmail(renamed), project);
    return account && `${project} has an account of this ID already ("${account.displayName}"); take another`;
  }
  const role = await cloud.roles.get(roleName(renamed));
  if (role === undefined) return undefined;
  return role.deleted
    ? `a deleted role keeps this ID for 37 days; take another`
    : `${project} has a role of this ID already ("${role.title}"); take another`;
}
