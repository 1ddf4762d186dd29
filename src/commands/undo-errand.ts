import { permissionsToUndo, undoSteps, unknownTraces, untoldSteps } from '../steps/undo.ts';
import type { Errand } from './errand.ts';
import type { RunFlags } from './run-flags.ts';
import { ago } from './wizard/earlier-progress.ts';
import { inMinutes } from './wizard/usual-time.ts';

/** Takes away what runs made, and nothing else. */
export function undoErrand({ services = false }: Pick<RunFlags, 'services'>): Errand {
  return {
    command: 'undo',
    stepsFor: (goal, journal) => undoSteps(goal, journal, services),
    permissions: permissionsToUndo,
    editable: false,
    notices(journal) {
      const steps = untoldSteps(journal).join(', ');
      const unknown = unknownTraces(journal).join(', ');
      return [
        ...(steps === ''
          ? []
          : [
              `an older version began this journal, and did not tell what it made (${steps}): of that, nothing is taken away`,
            ]),
        ...(unknown === ''
          ? []
          : [`this version does not know how to take these away, and leaves them: ${unknown}`]),
      ];
    },
    words: {
      plan: (project) => `This is everything that will be taken away from ${project}. Nothing is gone yet.`,
      why: 'It is what iamready made here, and nothing else. All of it goes on yes. Step by step asks again before each.',
      done: 'Taken away',
      undo: 'A deleted account can be restored for 30 days, a role for 7; a key never. iamready setup makes all of it anew.',
      foot: (_plan, session, usualMs) => [
        ...Object.entries(session.nodes).flatMap(([step, node]) =>
          step === 'undo-services' && node.state === 'ready' ? node.facts.map(({ text }) => `${text}.`) : [],
        ),
        `About ${inMinutes(usualMs)}. A key that is deleted never comes back.`,
      ],
    },
    resumes: {
      title: 'What is to be taken away?',
      why: 'Only what iamready made there, and what nobody has changed since. You see all of it before anything goes.',
      label: 'undo',
      detail: ({ made }) => {
        const kinds = [...new Set(made.map(({ what }) => what))].join(', ');
        const last = made.at(-1);
        return last === undefined
          ? 'An interrupted run may have left something.'
          : `Made there: ${kinds}; the last ${ago(new Date(last.at), new Date())}.`;
      },
      unavailable: ({ made, intents }) =>
        made.length + intents.length === 0 ? 'its journal names nothing that was made' : undefined,
    },
  };
}
