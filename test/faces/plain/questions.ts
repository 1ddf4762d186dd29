import type {
  ChoiceQuestion,
  Option,
  PlanQuestion,
  ProblemQuestion,
  StepQuestion,
  TextQuestion,
} from '../../../src/wizard/question.ts';
import type { StepCard } from '../../../src/wizard/presentation.ts';
import type { Change } from '../../../src/wizard/step.ts';

const asked = { canGoBack: true, why: 'It is where the account will live.' };

export const projects = (count: number): Option[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `acme-${index + 1}`,
    label: `acme-${index + 1}`,
    columns: [`Acme number ${index + 1}`, String(100_000_000_000 + index)],
  }));

export function choice(options: readonly Option[], more: Partial<ChoiceQuestion> = {}): ChoiceQuestion {
  return {
    ...asked,
    kind: 'choice',
    id: 'project',
    at: 'project',
    title: 'Which project?',
    flag: '--project',
    options,
    filter: true,
    noun: 'project',
    loading: false,
    ...more,
  };
}

export function text(more: Partial<TextQuestion> = {}): TextQuestion {
  return {
    ...asked,
    kind: 'text',
    id: 'role-id',
    at: 'role',
    title: 'What is the role called?',
    flag: '--role-id',
    noun: 'role ID',
    value: 'RemotionSA',
    check: (typed) =>
      /^\w{3,}$/.test(typed) ? undefined : 'a role ID has at least 3 letters; type a longer one',
    ...more,
  };
}

export const roleChange: Change = {
  sign: '+',
  what: 'role',
  name: 'RemotionSA',
  to: '15 permissions',
  why: 'what the account may do',
  source: 'asked by the profile',
  gcloud: 'gcloud iam roles create RemotionSA --project=acme',
  requires: [],
};

export const cards: StepCard[] = [
  {
    id: 'role',
    title: 'Custom role',
    why: 'A named list of what the account may do.',
    undo: 'deletes the role; its ID stays taken for 37 days',
    details: [{ name: 'run.services.create', why: 'deploys new services' }],
  },
];

export function plan(more: Partial<PlanQuestion> = {}): PlanQuestion {
  return {
    ...asked,
    kind: 'plan',
    id: 'plan',
    at: 'role',
    title: 'This is everything that will change in acme.',
    flag: '--yes',
    plan: { steps: [{ step: 'role', changes: [roleChange] }] },
    editable: true,
    foot: ['241 bindings of others stay as they are.'],
    ...more,
  };
}

export function step(more: Partial<StepQuestion> = {}): StepQuestion {
  return {
    ...asked,
    kind: 'step',
    id: 'step:role',
    at: 'role',
    title: 'Make the custom role?',
    flag: '--yes',
    step: 'role',
    changes: [roleChange],
    editable: true,
    ...more,
  };
}

export function problem(more: Partial<ProblemQuestion> = {}): ProblemQuestion {
  return {
    ...asked,
    kind: 'problem',
    id: 'problem',
    at: 'key',
    title: 'A key cannot be made',
    flag: '--skip',
    problem: {
      mover: 'person',
      what: 'acme.com forbids keys for service accounts',
      why: 'A policy of the organisation says so.',
      next: 'ask an administrator for an exemption',
      exit: 'blocked',
      call: { api: 'iam', method: 'serviceAccounts.keys.create', httpStatus: 400 },
    },
    others: ['Grant: viewers may not change the policy'],
    options: [
      { id: 'retry', label: 'Try again' },
      { id: 'skip', label: 'Go on without it', unavailable: 'validation needs it' },
    ],
    ...more,
  };
}
