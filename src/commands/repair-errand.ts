import type { Errand } from './errand.ts';
import { setupErrand } from './setup-errand.ts';

/** Mends what differs, and nothing else: the steps of setup, taken for somebody who was here before. */
export const repairErrand: Errand = {
  ...setupErrand,
  command: 'repair',
  words: {
    ...setupErrand.words,
    plan: (project) => `This differs in ${project}, and yes mends it. Nothing has been written.`,
    done: 'Mended, and kept',
  },
  resumes: {
    title: 'Which one is to be repaired?',
    why: 'The cloud is looked at afresh. What is as it should be is kept, and nothing is changed before you have seen the plan.',
    label: 'repair',
    detail: () => 'Shows what differs, and what that breaks; then asks before it mends it.',
  },
};
