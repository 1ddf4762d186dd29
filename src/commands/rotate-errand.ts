import { permissionsToRotate, rotateSteps } from '../steps/rotate.ts';
import { inWords } from '../steps/times.ts';
import { durationMs } from './duration.ts';
import type { Errand } from './errand.ts';
import type { RunFlags } from './run-flags.ts';
import { ago } from './wizard/earlier-progress.ts';
import { inMinutes } from './wizard/usual-time.ts';

/** How long an old key is kept where nobody says it. */
const usualGrace = '24h';

/**
 * Puts a new key in the place of the one in the file, disables the old one, and sees to its end.
 * @throws ProblemError for a grace that is no duration
 */
export function rotateErrand({ grace }: Pick<RunFlags, 'grace'>): Errand {
  const graceMs = durationMs(grace ?? usualGrace, '--grace');
  const source = grace === undefined ? 'the usual grace' : 'you gave --grace';
  return {
    command: 'rotate',
    stepsFor: (goal) => rotateSteps(goal, { ms: graceMs, source }),
    permissions: permissionsToRotate,
    editable: false,
    words: {
      plan: (project) => `This is everything that will change in ${project}. Nothing has been written.`,
      why: 'The file keeps its key until Google accepts the new one, and the old key its right until the new one is tested.',
      done: 'Done, and kept',
      undo:
        graceMs === 0
          ? 'A deleted key never comes back.'
          : `The old key can be enabled again for ${inWords(graceMs)}; a deleted key never comes back.`,
      foot: (_plan, _session, usualMs) => [
        'Copies of the old key stop working: give the new file to whatever used them.',
        `About ${inMinutes(usualMs)}; Google sometimes needs longer.`,
      ],
    },
    resumes: {
      title: 'Which account is to get a new key?',
      why: 'The key that its file holds is replaced. You see all of it before anything changes.',
      label: 'rotate',
      detail: ({ lastWritten }) => `The last run there was ${ago(lastWritten, new Date())}.`,
    },
  };
}
