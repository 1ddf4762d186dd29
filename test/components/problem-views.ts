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
