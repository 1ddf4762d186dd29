import type { View } from '../../components/view.ts';
import { repairErrand } from '../../src/commands/repair-errand.ts';
import { rotateErrand } from '../../src/commands/rotate-errand.ts';
import { askAboutExtra } from '../../src/commands/wizard/extra.ts';
import { askAccess, askKeyless, keylessOptions, showRequest } from '../../src/commands/wizard/keyless.ts';
import type { Talk } from '../../src/commands/wizard/talk.ts';
import type { PlanQuestion, Question } from '../../src/wizard/question.ts';
import { newSession, reduce, type SessionEvent } from '../../src/wizard/session.ts';
import { back, choose, person } from '../commands/wizard/person.ts';
import { goneAccount, kept, toBeUndone, undoCards } from './panels/example-undo.ts';
import {
  after,
  allReady,
  disabledAccount,
  drifted,
  lostPermissions,
  newGrant,
  planOf,
  problemQuestion,
  rotated,
  trial,
  view,
} from './panels/examples.ts';
import { cards } from './panels/cards.ts';

/** The question that is asked first. */
async function asked(ask: (talk: Talk) => Promise<unknown>, id: string, canGoBack = true): Promise<Question> {
  const told = person([[id, canGoBack ? back : choose('keep')]]);
  await ask(told.talk);
  return told.question(id);
}

const nobody = { cloud: { email: undefined, whose: () => Promise.resolve(undefined) }, flags: {} };
const wall = {
  what: 'keys of service accounts are forbidden here (iam.disableServiceAccountKeyCreation)',
  why: 'the folder 905177331204 says so; whoever holds roles/orgpolicy.policyAdmin on the organisation can lift it',
};
const cannot = (step: string): SessionEvent[] => [
  { step, type: 'look' },
  {
    ...{ step, type: 'cannot' },
    problem: { mover: 'person', ...wall, next: 'do without a key: --keyless=impersonation', exit: 'blocked' },
  },
];
const forbidden: View = view({
  session: after(...drifted.filter(({ step }) => step !== 'key'), ...cannot('key')),
});

/** A plan of another errand, in its words. */
const planIn = (
  errand: Pick<typeof repairErrand, 'words' | 'editable'>,
  plan: PlanQuestion,
): PlanQuestion => ({
  ...plan,
  ...{ title: errand.words.plan('acme-video'), why: errand.words.why, undo: errand.words.undo },
  editable: errand.editable,
});

const undo = 'as long as the old key is only disabled, it can be enabled again';
const card = (id: string, title: string, why: string) => ({ id, title, why, undo, details: [] });
const rotateCards = [
  ...cards.filter(({ id }) => id === 'project'),
  card('key', 'New key', 'A new key takes the place of the one in the file, once Google accepts it.'),
  card('env', 'Env file', 'Your program reads the key there.'),
  ...cards.filter(({ id }) => id === 'validate'),
  card('old-key', 'Old key', 'Whatever still signs in with the old key shows now.'),
];
const [newKey, envFile, oldKey] = rotated;
const replaced = { newKey: newKey ?? trial, envFile: envFile ?? trial, oldKey: oldKey ?? trial };
const differs = (step: string, change: typeof trial): SessionEvent[] => [
  { step, type: 'look' },
  { step, type: 'seen-else', facts: [], changes: [change] },
];
const toBeRotated: SessionEvent[] = [
  { step: 'project', type: 'look' },
  { step: 'project', type: 'seen-same', facts: [{ tone: 'note', text: 'number 764086051850' }] },
  ...differs('key', replaced.newKey),
  ...differs('env', replaced.envFile),
  ...differs('validate', { ...trial, from: 'not signed in with the new key yet' }),
  ...differs('old-key', replaced.oldKey),
];
const rotation = (...more: SessionEvent[]) =>
  [...toBeRotated, ...more].reduce(reduce, newSession(rotateCards.map(({ id }) => id)));
const waiting: SessionEvent[] = [
  { step: 'key', type: 'approve' },
  {
    ...{ step: 'key', type: 'progress' },
    progress: { waitingFor: 'Google to accept the new key', elapsedMs: 41_000, usuallyMs: 60_000 },
  },
];
const refused: SessionEvent = {
  ...{ step: 'key', type: 'failed' },
  problem: {
    mover: 'cloud',
    what: 'Google made a key of remotion-sa@acme-video.iam.gserviceaccount.com, but did not accept it for 9 minutes',
    why: '/home/ada/.config/iamready/key.json is as it was; the new key was deleted again',
    next: 'wait a few minutes, then run this again',
    exit: 'cloud',
  },
};
const going = ['undo-key', 'undo-grant'].flatMap((step): SessionEvent[] => [
  { step, type: 'approve' },
  { step, type: 'acted' },
]);

/** What the screens show besides setting up: repairing, rotating, undoing, and doing without a key. By name. */
export const errandViews: Readonly<Record<string, View>> = {
  'reading what a repair mends': view({
    session: after(...drifted),
    question: {
      ...planIn(repairErrand, planOf(...lostPermissions, disabledAccount, newGrant)),
      notes: [
        { tone: 'attention', text: 'also holds pubsub.topics.get: not asked for, left as found' },
        {
          tone: 'attention',
          text: 'Grant: somebody else has decided otherwise. Step by step lets you leave it as it is.',
        },
      ],
    },
  }),
  'deciding about what others added': view({
    session: after(...allReady),
    question: await asked(
      (talk) => askAboutExtra(talk, { tone: 'attention', text: 'also holds pubsub.topics.get' }),
      'extra',
      false,
    ),
  }),
  'reading what a rotation changes': view({
    steps: rotateCards,
    session: rotation(),
    question: {
      ...planIn(rotateErrand({}), planOf(...rotated)),
      foot: [
        'Copies of the old key stop working: give the new file to whatever used them.',
        'About a minute.',
      ],
    },
  }),
  'waiting until a new key is accepted': view({
    steps: rotateCards,
    session: rotation(...waiting),
    spans: { key: { began: -41_000 } },
  }),
  'a new key that is never accepted': view({
    steps: rotateCards,
    session: rotation(...waiting, refused),
    question: {
      ...problemQuestion(refused.problem, 'New key'),
      options: [
        { id: 'retry', label: 'retry', columns: ['look again, and go on from there'] },
        { id: 'leave', label: 'leave', columns: ['what is done is kept; come back any time'] },
      ],
    },
  }),
  'taking away what was made': view({
    steps: undoCards,
    session: going.reduce(reduce, toBeUndone),
    spans: { 'undo-key': { began: -2000 }, 'undo-grant': { began: -1000 } },
  }),
  'before one thing goes': view({
    steps: undoCards,
    session: toBeUndone,
    question: {
      ...{ kind: 'step', id: 'step:undo-account', at: 'undo-account', step: 'undo-account', editable: false },
      ...{ title: 'Account', why: 'The service account itself.', flag: '--yes', canGoBack: true },
      changes: [goneAccount],
      notes: [{ tone: 'attention', text: `Stays: ${kept.what}; ${kept.why}; ${kept.next}.` }],
    },
  }),
  'keys are forbidden': {
    ...forbidden,
    question: {
      ...problemQuestion(
        {
          ...wall,
          mover: 'person',
          next: 'do without a key, which is safer anyway: --keyless=impersonation',
          exit: 'blocked',
        },
        'Key',
      ),
      options: [
        ...keylessOptions,
        { id: 'ask-administrator', label: 'ask an administrator', columns: ['shows a message to send'] },
        { id: 'retry', label: 'retry', columns: ['look again, and go on from there'] },
        { id: 'skip', label: 'skip', columns: ['go on without it, and 1 more that needs it'] },
        { id: 'leave', label: 'leave', columns: ['what is done is kept; come back any time'] },
      ],
    },
  },
  'choosing how programs sign in': {
    ...forbidden,
    question: await asked((talk) => askAccess(talk, nobody), 'access'),
  },
  'naming a repository': {
    ...forbidden,
    question: await asked((talk) => askKeyless(talk, 'github', nobody), 'repository'),
  },
  'a message to an administrator': {
    ...forbidden,
    question: await asked((talk) => showRequest(talk, 'acme-video', wall), 'request'),
  },
};
