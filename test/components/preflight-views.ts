import { preflightWords } from '../../src/commands/preflight-words.ts';
import { messageQuestion } from '../../src/commands/wizard/show-message.ts';
import type { Preflight } from '../../src/wizard/preflight.ts';
import type { Question } from '../../src/wizard/question.ts';
import { newKey, newRole } from './panels/example-changes.ts';
import { denied } from './panels/example-problems.ts';
import { problemQuestion } from './panels/examples.ts';

const place = { place: 'project/acme-video', called: 'the project acme-video' };
const facts = {
  operator: 'viewer@acme.com',
  project: 'acme-video',
  lacks: (denied.missing ?? []).map((permission, at) => ({
    permission,
    ...place,
    stops: [at % 2 === 0 ? newRole : newKey],
  })),
  remedies: [
    {
      ...place,
      permissions: denied.missing ?? [],
      role: { role: 'roles/owner', title: 'Owner', extra: 1880 },
      together: [
        { role: 'roles/iam.admin', title: 'Iam Admin', extra: 141 },
        { role: 'roles/serviceusage.serviceUsageAdmin', title: 'Service Usage Admin', extra: 23 },
      ],
      heldByNone: [],
      gcloud: [
        'gcloud projects add-iam-policy-binding acme-video --member=user:viewer@acme.com --role=roles/iam.admin --condition=None',
      ],
    },
  ],
  ask: [{ member: 'user:ada@acme.com', role: 'roles/owner', ...place }],
  possible: [{ step: 'services', title: 'Services', changes: [newRole] }],
};
const preflight: Preflight = {
  ...facts,
  ...preflightWords(facts, {
    title: 'Remotion Cloud Run',
    planOut: { file: 'acme-video.plan.json', apply: 'iamready apply acme-video.plan.json' },
  }),
};

/** Some of the plan may be done, and some may not. */
export const lacking: Question = {
  ...problemQuestion(denied, 'What you may do'),
  at: 'role',
  preflight,
  options: [
    { id: 'partial', label: 'do the rest', columns: ['what you may: services'] },
    { id: 'ask-administrator', label: 'ask an administrator', columns: ['shows a message to send'] },
    { id: 'write-plan', label: 'write the plan', columns: ['to a file, for somebody who may carry it out'] },
    { id: 'retry', label: 'retry', columns: ['look again, and go on from there'] },
    { id: 'sign-in', label: 'sign in', columns: ['as somebody who may do this'] },
    { id: 'leave', label: 'leave', columns: ['what is done is kept; come back any time'] },
  ],
};

/** What to send to whoever may. */
export const message: Question = messageQuestion(preflight, 'role');
