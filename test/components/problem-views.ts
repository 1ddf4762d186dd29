import type { Question } from '../../src/wizard/question.ts';
import { conflict, denied, problemQuestion } from './panels/examples.ts';

/** Something of the cloud's, in which no permission is missing. */
export const blocked: Question = {
  ...problemQuestion(conflict, 'Grant'),
  at: 'grant',
  options: [
    { id: 'retry', label: 'Try again', detail: 'Looks first, and writes only what still differs.' },
    { id: 'skip', label: 'Go on without the grant' },
    { id: 'sign-in', label: 'Sign in as somebody else' },
    { id: 'leave', label: 'Leave', detail: 'What is made stays; the next run goes on from there.' },
  ],
};

/** Permissions are missing, and one way on has more to say than a line holds. */
export const forbidding: Question = {
  ...problemQuestion(denied, 'Custom role'),
  at: 'role',
  others: ['Key: no key may be made'],
  options: [
    { id: 'retry', label: 'retry', columns: ['look again, and go on from there'] },
    { id: 'sign-in', label: 'sign in', columns: ['as somebody who may do this'] },
    {
      id: 'skip',
      label: 'skip',
      columns: ['go on without it, and without what rests on it: Grant, Key, Validate'],
    },
    { id: 'leave', label: 'leave', columns: ['what is done is kept; come back any time'] },
  ],
};

/** The account has ten keys: one of them has to go. */
export const full: Question = {
  ...problemQuestion(
    {
      mover: 'person',
      what: 'remotion-sa@acme-video.iam.gserviceaccount.com has ten keys, which is all that it may have',
      next: 'delete one that nobody uses: --delete-key=ID does so before the new one is made',
      exit: 'blocked',
    },
    'Key',
  ),
  at: 'key',
  options: [
    { id: 'delete-key', label: 'delete a key', columns: ['choose one that nobody uses'] },
    { id: 'retry', label: 'retry', columns: ['look again, and go on from there'] },
    { id: 'skip', label: 'skip', columns: ['go on without it, and 1 more that needs it'] },
    { id: 'leave', label: 'leave', columns: ['what is done is kept; come back any time'] },
  ],
};

const inUse = '~/.config/iamready/keys/acme-video/remotion-sa.json';

/** Which of them it is to be. */
export const whichKey: Question = {
  kind: 'choice',
  id: 'delete-key',
  at: 'key',
  title: 'Which key is to be deleted?',
  why: 'Whoever uses it is locked out. The plan comes first.',
  flag: '--delete-key',
  canGoBack: true,
  noun: 'key',
  filter: false,
  loading: false,
  options: Array.from({ length: 10 }, (_, at) => {
    const id = `${at}f${9 - at}c`.repeat(10);
    const words = [`${1000 - at * 100} days`, at % 3 === 0 ? 'used 2026-11-20' : 'no use seen'];
    return {
      id,
      label: id.slice(0, 8),
      columns: [...words, at === 4 ? './old.json' : 'no file here'],
      detail: `${id}: made by Google on 2024-02-29, disabled, no use seen, in no file that was found here.`,
      ...(at === 9 && { unavailable: `it is the one in ${inUse}` }),
    };
  }),
};
