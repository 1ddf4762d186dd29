import { asMember } from '../../steps/member.ts';
import type { Cloud } from '../../google/cloud.ts';
import { memberForm, operatorEmail, repositoryForm, serviceForm } from '../access-answer.ts';
import type { Keyless, RunFlags } from '../run-flags.ts';
import type { Problem } from '../../wizard/problem.ts';
import type { Option } from '../../wizard/question.ts';
import type { Talk } from './talk.ts';

type Way = Exclude<Keyless, 'none'>;

/** The ways to do without a key, as a person chooses among them. */
export const keylessOptions: readonly (Option & { id: Way })[] = [
  {
    id: 'impersonation',
    label: 'act as the account',
    columns: ['signed in as yourself, for work on this machine'],
    detail:
      'You stay who you are; Google makes short-lived tokens of the account for you. Nothing can be lost.',
  },
  {
    id: 'github',
    label: 'GitHub Actions',
    columns: ['GitHub proves which workflow it is, for CI'],
    detail: 'Workflows of one repository act as the account; the receipt shows the lines to paste.',
  },
  {
    id: 'attached',
    label: 'Cloud Run',
    columns: ['the service runs as the account, for the service itself'],
    detail: 'A service that is there is changed; for one that is not yet, the receipt shows the flag.',
  },
];

/** What the chosen way has to be told besides. */
export interface AboutKeyless {
  /** As the operator, who acts as the account unless they are not known. */
  cloud: Pick<Cloud, 'email' | 'whose'>;
  flags: RunFlags;
}

/**
 * Asks for what a way to do without a key needs, as far as it is not known. Gives the flags that say the same; undefined
 * where the person went back.
 * @throws LeftError where the person leaves
 */
export async function askKeyless(
  talk: Talk,
  way: Way,
  { cloud, flags }: AboutKeyless,
): Promise<Partial<RunFlags> | undefined> {
  // What an env file would get is a key.
  const chosen = { keyless: way, envFile: undefined, envFormat: undefined };
  if (way === 'github') {
    if (flags.repository !== undefined) return chosen;
    const repository = await askText(talk, {
      ...{ id: 'repository', flag: '--repository', noun: 'repository', title: 'Which repository on GitHub?' },
      why: 'Only workflows of this one may act as the account. Write it exactly as GitHub does: OWNER/NAME.',
      check: (text) =>
        repositoryForm.test(text) ? undefined : 'write its owner and its name, such as acme/video',
    });
    return repository === undefined ? undefined : { ...chosen, repository };
  }
  if (way === 'attached') {
    if (flags.runService !== undefined) return chosen;
    const runService = await askText(talk, {
      ...{ id: 'run-service', flag: '--run-service', noun: 'service', title: 'Which service on Cloud Run?' },
      why: 'It runs as the account from its next revision on. Write its region and its name: REGION/NAME.',
      check: (text) =>
        serviceForm.test(text) ? undefined : 'write its region and its name, such as europe-west1/render',
    });
    return runService === undefined ? undefined : { ...chosen, runService };
  }
  if (flags.impersonator !== undefined) return chosen;
  if ((await operatorEmail(cloud, { ...flags, ...chosen }, {})) !== undefined) return chosen;
  const text = await askText(talk, {
    ...{
      id: 'impersonator',
      flag: '--impersonator',
      noun: 'principal',
      title: 'Who is to act as the account?',
    },
    why: 'Your credentials do not say who you are. Only whom you name here may act as the account.',
    check: (typed) =>
      memberForm.test(withKind(typed))
        ? undefined
        : 'write an e-mail address, or it as policies do: group:team@example.com',
  });
  return text === undefined ? undefined : { ...chosen, impersonator: withKind(text) };
}

/** Asks for one thing that a way needs. Undefined where the person went back. */
async function askText(
  talk: Talk,
  about: {
    id: string;
    title: string;
    why: string;
    flag: string;
    noun: string;
    check: (text: string) => string | undefined;
  },
): Promise<string | undefined> {
  const answer = await talk.ask({ kind: 'text', at: 'key', canGoBack: true, value: '', ...about });
  return answer.kind === 'typed' ? answer.text : undefined;
}

/**
 * Asks how programs are to sign in as the account. Gives the flags that say the same; undefined where the person went back.
 * @throws LeftError where the person leaves
 */
export async function askAccess(talk: Talk, about: AboutKeyless): Promise<Partial<RunFlags> | undefined> {
  const answer = await talk.ask({
    kind: 'choice',
    id: 'access',
    at: 'key',
    title: 'How shall programs sign in as the account?',
    why: 'A key works everywhere, also for whoever finds it. Without one, somebody or something that Google knows acts as the account.',
    flag: '--keyless',
    canGoBack: true,
    noun: 'way',
    filter: false,
    loading: false,
    options: [
      ...keylessOptions,
      { id: 'none', label: 'a key in a file', columns: ['for programs that can do nothing else'] },
    ],
  });
  if (answer.kind !== 'chosen') return undefined;
  const way = keylessOptions.find(({ id }) => id === answer.id);
  return way === undefined ? { keyless: 'none' } : askKeyless(talk, way.id, about);
}

/** What is only an e-mail address is a person's or an account's. */
function withKind(text: string): string {
  return text.includes(':') ? text : asMember(text);
}

/**
 * Shows what to send to somebody who may lift the wall.
 * @param wall what stands in the way, and who can do something about it
 * @throws LeftError where the person leaves
 */
export async function showRequest(
  talk: Talk,
  project: string,
  wall: Pick<Problem, 'what' | 'why'>,
): Promise<void> {
  await talk.ask({
    kind: 'choice',
    id: 'request',
    at: 'key',
    title: 'A message to send to an administrator of your organisation',
    why: 'Whoever holds roles/orgpolicy.policyAdmin on the organisation can make an exception.',
    flag: '--keyless',
    canGoBack: true,
    noun: 'way',
    filter: false,
    loading: false,
    notes: [
      {
        tone: 'note',
        text: `Hello, I am setting up a service account in the project ${project}: ${[wall.what, wall.why].filter(Boolean).join('; ')}. Could you make an exception for this project, or tell me which of impersonation, workload identity federation or an attached account we use instead?`,
      },
    ],
    options: [{ id: 'back', label: 'back', columns: ['to the ways there are'] }],
  });
}
