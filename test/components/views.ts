import type { View } from '../../components/view.ts';
import type { ChoiceQuestion, Option, Question, TextQuestion } from '../../src/wizard/question.ts';
import {
  after,
  allReady,
  disabledAccount,
  hostile,
  newAccount,
  newGrant,
  newKey,
  newRole,
  planOf,
  problemQuestion,
  services,
  sideBySide,
  stepQuestion,
  trial,
  validating,
  view,
} from './panels/examples.ts';
import {
  goneAccount,
  goneFile,
  goneGrant,
  goneKey,
  kept,
  toBeUndone,
  undoCards,
} from './panels/example-undo.ts';
import { errandViews } from './errand-views.ts';
import { lacking, message } from './preflight-views.ts';
import { blocked, forbidding, full, whichKey } from './problem-views.ts';

const asked = { flag: '--project', canGoBack: true } as const;

export const signIn: ChoiceQuestion = {
  ...asked,
  ...{ kind: 'choice', id: 'sign-in', at: 'sign-in', canGoBack: false, flag: '--credentials' },
  title: 'Who are you signing in as?',
  why: 'The wizard works with your own permissions, and only in the project that you choose.',
  options: [
    {
      id: 'adc',
      label: 'ada@acme.com',
      columns: ['Application Default Credentials'],
      detail: 'From gcloud auth application-default login.',
    },
    { id: 'gcloud', label: 'ada@acme.com', columns: ['gcloud'], unavailable: 'gcloud is not installed' },
    { id: 'login', label: 'Sign in with a browser', detail: 'Runs gcloud auth login here.' },
    {
      id: 'demo',
      label: 'Try it without a cloud',
      detail: 'Everything is made in an embedded cloud on this machine. Nothing leaves it.',
    },
  ],
  filter: false,
  noun: 'way to sign in',
  loading: false,
};

export const profile: ChoiceQuestion = {
  ...asked,
  ...{ kind: 'choice', id: 'profile', at: 'profile', flag: '--profile', filter: true, noun: 'profile' },
  title: 'What should the account be able to do?',
  why: 'A profile lists exactly the permissions that a program needs, each with its reason. Nothing else is granted.',
  options: [
    {
      id: 'remotion',
      label: 'Remotion Cloud Run',
      columns: ['15 permissions', 'alpha'],
      detail:
        'Renders videos on Cloud Run. Makes a role, an account, a grant and a key; turns on 3 services.',
    },
    {
      id: 'terraform',
      label: 'Terraform plan',
      columns: ['42 permissions', 'stable'],
      detail: 'Reads a project for terraform plan.',
    },
    { id: 'backup', label: 'Backups to Cloud Storage', columns: ['6 permissions', 'stable'] },
  ],
  loading: false,
};

/** Project number so-and-so many of an organisation with many. */
export function manyProjects(count: number): Option[] {
  return Array.from({ length: count }, (_, at) => ({
    id: `acme-${String(at).padStart(4, '0')}`,
    label: `acme-${String(at).padStart(4, '0')}`,
    columns: [`Team ${at % 97}`, String(100_000_000_000 + at * 7919)],
  }));
}

const pinned: Option[] = [
  { id: 'type', label: 'Type an ID', pinned: true, detail: 'For a project that is not listed.' },
  { id: 'create', label: 'Create a project', pinned: true },
];

export function project(options: readonly Option[], more: Partial<ChoiceQuestion> = {}): ChoiceQuestion {
  return {
    ...asked,
    ...{ kind: 'choice', id: 'project', at: 'project', filter: true, noun: 'project', loading: false },
    title: 'Which project?',
    why: 'The role and the account are made in it. Projects that you cannot see are not listed; type the ID of such a one.',
    options: [...options, ...pinned],
    ...more,
  };
}

export const someProjects: Option[] = [
  { id: 'acme-video', label: 'acme-video', columns: ['Acme Video', '764086051850'] },
  {
    id: 'acme-old',
    label: 'acme-old',
    columns: ['Old things', '764086051851'],
    unavailable: 'is being deleted, until 3 December',
  },
  {
    id: 'acme-wide',
    label: 'acme-wide',
    columns: ['日本語のプロジェクト名はとても長いです本当に', '764086051852'],
  },
  { id: 'acme-emoji', label: 'acme-emoji', columns: ['👩‍👩‍👧 family 🎬🎬 studio 🇩🇪', '764086051853'] },
  {
    id: 'acme-hostile',
    label: 'acme-hostile',
    columns: ['\u001b[2J\u001b]0;owned\u0007 \u202egnp.exe', '764086051854'],
  },
  {
    id: 'a-project-id-of-thirty-letters',
    label: 'a-project-id-of-thirty-letters',
    columns: [
      'A name that is far longer than any column has room for, whatever the terminal',
      '764086051855',
    ],
  },
];

export const projectId: TextQuestion = {
  ...asked,
  ...{ kind: 'text', id: 'project-id', at: 'project', noun: 'project ID' },
  title: 'A new project',
  why: 'Its ID is forever, and nobody else on Google Cloud may have it. Its name can be changed later.',
  value: 'acme',
  check: (text) =>
    /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/.test(text)
      ? undefined
      : '6 to 30 small letters, digits and hyphens, beginning with a letter and not ending with a hyphen.',
};

const before: Partial<View> = { steps: [], session: undefined, header: { badge: 'simulated' } };
const signedIn = { operator: 'ada@acme.com', badge: 'simulated' };
const chosen = { ...signedIn, profile: 'Remotion Cloud Run' };
const long = 'An operator-with-a-name@that.is.longer.than.any.terminal.of.forty.columns.example.com';

const plan = planOf(...services, newRole, newAccount, newGrant, newKey, trial);
/** A view of every kind of screen, as people will see them, and as hostile names would have them. By name. */
export const views: Readonly<Record<string, View>> = {
  'nothing known yet': view({ ...before, busy: { what: 'looking for ways to sign in', since: -3000 } }),
  'signing in': view({ ...before, question: signIn }),
  'choosing a profile': view({ ...before, header: signedIn, question: profile }),
  'choosing a project': view({ header: chosen, session: undefined, question: project(someProjects) }),
  'choosing among 5,000 projects': view({
    header: chosen,
    session: undefined,
    question: project(manyProjects(5000), {
      notes: [{ tone: 'attention', text: 'acme-9999 does not exist, or you may not see it.' }],
    }),
  }),
  'choosing while the list grows': view({
    header: chosen,
    session: undefined,
    question: project(manyProjects(1500), { loading: true }),
    busy: { what: 'listing projects', since: -2000 },
  }),
  'typing a project ID': view({ header: chosen, session: undefined, question: projectId }),
  'reading the plan': view({ question: plan }),
  'reading a long plan': view({
    question: planOf(...Array.from({ length: 60 }, (_, at) => ({ ...newRole, name: `Role${at}` }))),
  }),
  'reading grants on many things': view({
    question: {
      ...planOf(
        ...[
          ['roles/run.developer', 'the project'],
          ['roles/iam.serviceAccountUser', '764086051850-compute@developer.gserviceaccount.com'],
          ['roles/storage.objectAdmin', 'the bucket acme-video-reports'],
          ['roles/run.invoker', 'the Cloud Run service europe-west1/render'],
        ].map(([name = '', on = '']) => ({ ...newGrant, name, to: `granted to ada@acme.com on ${on}` })),
      ),
      notes: [
        {
          tone: 'attention',
          text: 'iam.serviceAccounts.actAs: Granted on the project, it reaches every service account in it. --tighten grants it so; it is recommended.',
        },
      ],
    },
  }),
  'reading what goes': view({
    steps: undoCards,
    session: toBeUndone,
    question: {
      ...planOf(goneKey, goneFile, goneGrant, goneAccount),
      title: 'This is everything that will be taken away from acme-video. Nothing is gone yet.',
      editable: false,
      notes: [{ tone: 'attention', text: `Stays: ${kept.what}; ${kept.why}; ${kept.next}.` }],
      foot: ['About a minute. A key that is deleted never comes back.'],
    },
  }),
  'before one step': view({ question: stepQuestion('role', newRole) }),
  'before a repair': view({ question: stepQuestion('account', disabledAccount) }),
  'a problem': view({ question: blocked }),
  'nothing may be done': view({ question: forbidding }),
  'a part may be done': view({ question: lacking }),
  'a message to send': view({ question: message }),
  'ten keys': view({ question: full }),
  'choosing a key to delete': view({ question: whichKey }),
  acting: view({
    session: after(...sideBySide),
    spans: { account: { began: -6000 }, role: { began: -2000 } },
  }),
  validating: view({ session: after(...validating), spans: { validate: { began: -41_000 } } }),
  'all ready, in a demo': view({
    session: after(...allReady),
    narration:
      'Every permission is granted: the account can render now, and nothing else can be done with its key.',
  }),
  'long names': view({
    header: {
      profile: 'A profile whose title is long enough for two lines of text',
      project: 'a-project-id-of-thirty-letters',
      operator: long,
      badge: 'http://127.0.0.1:43210',
    },
    question: plan,
  }),
  'wide names': view({
    header: {
      profile: '動画レンダリング 🎬',
      project: '日本語のプロジェクト名はとても長いです',
      operator: '👩‍👩‍👧@例え.テスト',
      badge: 'simulated',
    },
    question: stepQuestion('role', { ...newRole, name: '日本語'.repeat(30) }),
  }),
  ...errandViews,
  ...hostileViews(),
};

function hostileViews(): Record<string, View> {
  const text = '\u001b[2J\u001b]52;c;ZXZpbA==\u0007\u202e\u009b31m\r\nname \u001b[31mred 日本 👩‍👩‍👧';
  const { view: base, changes, problem } = hostile(text);
  const header = { profile: text, project: text, operator: text, badge: text };
  const words = { title: text, why: text, notes: [{ tone: 'attention', text } as const] };
  const option = { label: text, columns: [text, text], detail: text };
  const options: Option[] = [
    { id: 'a', ...option },
    { id: 'b', ...option, unavailable: text },
    { id: 'p', ...option, pinned: true },
  ];
  const show = (question: Question | undefined): View => ({ ...base, header, question, narration: text });
  return {
    'a hostile list': show({ ...project([]), ...words, options, noun: text }),
    'a hostile field': show({ ...projectId, ...words, value: text, noun: text, check: () => text }),
    'a hostile plan': show({ ...planOf(...changes), ...words, foot: [text] }),
    'a hostile step': show({ ...stepQuestion('role', ...changes), ...words }),
    'a hostile problem': show({ ...problemQuestion(problem, text), others: [text], options }),
    'a hostile session': { ...show(undefined), busy: { what: text, since: 0 } },
  };
}
