import { isCloudError } from '../google/errors.ts';
import { commandLine } from './shell.ts';
import type { UndoKind } from './undo-kind.ts';
import { undoStep } from './undo-step.ts';

/** Services that runs turned on. They stay on, unless somebody asks for more: others may use them by now. */
export const undoServices: UndoKind = {
  kind: 'service/enabled',
  id: 'services',
  groupOf: () => '',
  step(given) {
    const { project, services, traces } = given;
    // The last to be turned on goes first: what it depends on was on before it.
    const names = [...new Set(traces.map(({ made }) => made.name))].toReversed();

    return undoStep<readonly string[]>(given, {
      title: 'Services',
      why: 'APIs that were turned on. Whatever else uses one of them by now would stop.',
      undo: 'they can be turned on again any time',
      doing: `look at or turn off services in ${project}`,
      keeps: !services,
      blinds: names.includes('iam.googleapis.com'),

      async look({ cloud }, read) {
        const readings = await read(
          () => cloud.services.states(project, names),
          (states) => names.every((name) => states.get(name) === 'ENABLED'),
        );
        return names.filter((name) => readings.some((states) => states.get(name) === 'ENABLED'));
      },
      compare: (on) =>
        (services ? on : []).map((name) => ({
          sign: '-',
          what: 'service',
          name,
          from: 'on',
          to: 'off',
          why: 'nothing of this needs it any more',
          source: 'you gave --services',
          gcloud: commandLine('gcloud', 'services', 'disable', name, `--project=${project}`),
          requires: ['serviceusage.services.disable'],
        })),
      facts: (on) =>
        services || on.length === 0
          ? []
          : [
              {
                tone: 'note',
                text: `${on.join(', ')}: on, because others may use them by now; --services turns them off`,
              },
            ],
      act: ({ cloud }, on) => cloud.services.disable(project, on),
      problem: (error) =>
        isCloudError(error, 'precondition')
          ? {
              mover: 'person',
              what: `Google does not turn off all of ${names.join(', ')}`,
              why: error.message,
              next: 'turn off first what depends on it, if nobody needs that either; then run this again',
              exit: 'blocked',
              aside: true,
            }
          : undefined,
    });
  },
};
