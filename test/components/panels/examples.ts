import type { View } from '../../../components/view.ts';
import type { Problem } from '../../../src/wizard/problem.ts';
import type { Detail, PlanQuestion, ProblemQuestion, StepQuestion } from '../../../src/wizard/question.ts';
import { newSession, reduce, type Session, type SessionEvent } from '../../../src/wizard/session.ts';
import type { Change, Check } from '../../../src/wizard/step.ts';
import { cards, permissions } from './cards.ts';

import {
  change,
  disabledAccount,
  email,
  lostPermissions,
  newAccount,
  newGrant,
  newKey,
  newRole,
  services,
  trial,
} from './example-changes.ts';

export * from './example-changes.ts';
export * from './example-problems.ts';

const order = cards.map(({ id }) => id);

/** A session after these events, by the machine's own reducer. */
export function after(...events: SessionEvent[]): Session {
  return events.reduce(reduce, newSession(order));
}

const looked = (step: string, changes: readonly Change[], text?: string): SessionEvent[] => {
  const facts = text === undefined ? [] : [{ tone: 'note' as const, text }];
  return [
    { step, type: 'look' },
    changes.length === 0 ? { step, type: 'seen-same', facts } : { step, type: 'seen-else', facts, changes },
  ];
};

const project = looked('project', [], 'number 764086051850, "Acme Video"');

/** Everything was looked at, and nothing is there but the project. */
export const lookedAtNothing: SessionEvent[] = [
  ...project,
  ...looked('services', services, 'on: cloudresourcemanager.googleapis.com'),
  ...looked('role', [newRole]),
  ...looked('account', [newAccount]),
  ...looked('grant', [newGrant], '7 bindings of others, left as they are'),
  ...looked('key', [newKey]),
  ...looked('validate', [trial]),
];

/** A role lost permissions, the account was disabled, and its binding is gone. */
export const drifted: SessionEvent[] = [
  ...project,
  ...looked(
    'services',
    [],
    'on: run.googleapis.com, cloudresourcemanager.googleapis.com, iam.googleapis.com',
  ),
  { step: 'role', type: 'look' },
  {
    ...{ step: 'role', type: 'seen-else', changes: lostPermissions },
    facts: [
      { tone: 'note', text: 'RemotionSA has 12 permissions' },
      { tone: 'attention', text: 'also holds pubsub.topics.get: not asked for, left as found' },
    ],
  },
  ...looked('account', [disabledAccount], `${email}, unique ID 104500000000000000001`),
  ...looked('grant', [newGrant], '7 bindings of others, left as they are'),
  ...looked('key', [], 'key 5f2c0d5e6a7b8c9d'),
  ...looked('validate', [{ ...trial, from: 'cannot sign in with its key: account disabled' }]),
];

const made = (step: string, text: string): SessionEvent[] => [
  { step, type: 'approve' },
  { step, type: 'acted' },
  { step, type: 'seen-same', facts: [{ tone: 'note', text }] },
];

/** The services are on; role and account settle side by side. */
export const sideBySide: SessionEvent[] = [
  ...lookedAtNothing,
  ...made('services', 'on: run.googleapis.com, cloudresourcemanager.googleapis.com, iam.googleapis.com'),
  { step: 'role', type: 'approve' },
  { step: 'account', type: 'approve' },
  { step: 'account', type: 'acted' },
  {
    ...{ step: 'account', type: 'progress' },
    progress: {
      waitingFor: 'every replica to know the account',
      done: 12,
      total: 15,
      elapsedMs: 6000,
      usuallyMs: 10_000,
    },
  },
];

export const allMade: SessionEvent[] = [
  ...lookedAtNothing,
  ...made('services', 'on: run.googleapis.com, cloudresourcemanager.googleapis.com, iam.googleapis.com'),
  ...made('role', 'RemotionSA has 15 permissions'),
  ...made('account', `${email}, unique ID 104500000000000000001`),
  ...made('grant', '7 bindings of others, left as they are'),
  ...made('key', 'key 5f2c0d5e6a7b8c9d'),
  { step: 'validate', type: 'approve' },
  { step: 'validate', type: 'acted' },
];

const late = new Set(['run.routes.invoke', 'storage.objects.delete']);
export const checks: Check[] = permissions.map(({ name }) => ({ name, ok: !late.has(name) }));

export const validating: SessionEvent[] = [
  ...allMade,
  {
    ...{ step: 'validate', type: 'progress' },
    progress: {
      ...{ waitingFor: 'the grant to take effect everywhere', done: 13, total: 15 },
      ...{ checks, elapsedMs: 41_000, usuallyMs: 120_000 },
    },
  },
];

export const allReady: SessionEvent[] = [
  ...allMade,
  {
    ...{ step: 'validate', type: 'seen-same' },
    facts: [{ tone: 'note', text: `signed in as ${email}: 15 of 15 permissions granted` }],
    checks: checks.map(({ name }) => ({ name, ok: true })),
  },
];

export const view = (given: Partial<View> = {}): View => ({
  header: {
    profile: 'Remotion Cloud Run',
    project: 'acme-video',
    operator: 'ada@acme.com',
    badge: 'simulated',
  },
  steps: cards,
  session: after(...lookedAtNothing),
  spans: {},
  question: undefined,
  asked: 1,
  busy: undefined,
  narration: undefined,
  ...given,
});

const base = { why: '', flag: '--yes', canGoBack: true };

export const planOf = (...changes: Change[]): PlanQuestion => ({
  ...base,
  ...{
    kind: 'plan',
    id: 'plan',
    at: 'project',
    title: 'This is everything that will change in acme-video. Nothing has been written.',
  },
  editable: true,
  plan: {
    steps: [...Map.groupBy(changes, ({ what }) => stepOf(what))].map(([step, of]) => ({ step, changes: of })),
  },
  foot: ['7 bindings of others stay as they are. About 1 minute; Google may need up to 7.'],
});

export const stepOf = (what: string): string => (what === 'service' ? 'services' : what);

export const stepQuestion = (step: string, ...changes: Change[]): StepQuestion => ({
  ...{
    flag: '--yes',
    canGoBack: true,
    kind: 'step',
    id: `step:${step}`,
    at: step,
    step,
    changes,
    editable: true,
  },
  title: cards.find(({ id }) => id === step)?.title ?? step,
  why: cards.find(({ id }) => id === step)?.why ?? '',
});

export const problemQuestion = (problem: Problem, title: string): ProblemQuestion => ({
  ...base,
  ...{ kind: 'problem', id: 'problem', at: 'key', title, problem, others: [] },
  options: [{ id: 'retry', label: 'Try again' }],
});

/** A view in which every text that comes from outside is this one. */
export function hostile(text: string): { view: View; changes: Change[]; problem: Problem } {
  const changes = (['+', '~', '-', '~'] as const).map((sign, index) =>
    change({
      sign,
      what: text,
      name: text,
      from: text,
      to: index > 1 ? text : undefined,
      why: text,
      source: text,
      gcloud: text,
    }),
  );
  const details: Detail[] = [
    { name: text, why: text },
    { name: 'run.services.get', why: text },
  ];
  const problem: Problem = {
    ...{ mover: 'us', what: text, why: text, next: text, exit: 'bug' },
    ...{ call: { api: text, method: text, status: text }, missing: [text, 'a.b.c', text, text] },
  };
  const steps = cards.map((card) => ({ ...card, title: text, why: text, undo: text, details }));
  const session = after(
    ...looked('project', [], text),
    ...looked('services', changes, text),
    ...looked('role', changes, text),
    ...looked('account', changes, text),
    { step: 'services', type: 'approve' },
    { step: 'role', type: 'approve' },
    { step: 'role', type: 'acted' },
    { step: 'role', type: 'progress', progress: { waitingFor: text, elapsedMs: 1, usuallyMs: 1e9 } },
    { step: 'key', type: 'look' },
    { step: 'key', type: 'cannot', problem },
    { step: 'account', type: 'decline' },
  );
  return {
    changes,
    problem,
    view: view({ header: { project: text }, steps, session, spans: { role: { began: -1e9 } } }),
  };
}
