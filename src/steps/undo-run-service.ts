import type { RunService } from '../google/run.ts';
import { isCloudError } from '../google/errors.ts';
import { refused } from './refused.ts';
import { commandLine } from './shell.ts';
import type { UndoKind } from './undo-kind.ts';
import { undoStep } from './undo-step.ts';

/** A service on Cloud Run that a run let run as the account. */
export const undoRunService: UndoKind = {
  kind: 'run-service/attached',
  id: 'run-service',
  step(given) {
    const { project, traces } = given;
    const [, region = '', service = ''] =
      /\/locations\/([^/]+)\/services\/([^/]+)$/u.exec(traces[0]?.made.name ?? '') ?? [];
    const before = traces[0]?.evidence['before'] ?? '';
    const ours = traces.at(-1)?.evidence['after'] ?? '';
    const usual = "the project's default account";
    const called = `${region}/${service}`;
    const back = commandLine(
      ...['gcloud', 'run', 'services', 'update', service, `--project=${project}`],
      ...[`--region=${region}`, `--service-account=${before}`],
    );

    return undoStep<RunService | undefined>(given, {
      title: 'Cloud Run service',
      why: 'It runs as the account that it had before, in a new revision.',
      undo: 'setup lets it run as the account again',
      doing: `let ${called} run as ${before === '' ? usual : before}`,
      async look({ cloud }, read) {
        const [found] = await read(
          () => cloud.run.get(project, region, service),
          (each) => each !== undefined,
        );
        const now = found?.serviceAccount ?? '';
        if (found === undefined || now === before || now === ours) return found;
        throw refused(
          `${called} runs as ${now === '' ? usual : now} now, which is not what iamready let it run as`,
          'somebody else has changed it since',
          `if it is to run as it did before: ${back}`,
        );
      },
      compare: (found) =>
        found === undefined || (found.serviceAccount ?? '') === before
          ? []
          : [
              {
                sign: '~',
                what: 'run-service',
                name: called,
                from: `runs as ${ours}`,
                to: `runs as ${before === '' ? usual : before}, as it did`,
                why: 'the account that it runs as goes',
                source: 'changed by iamready',
                gcloud: back,
                requires: ['run.services.update'],
              },
            ],
      async act({ cloud }, found) {
        if (found) await cloud.run.setServiceAccount(found, before);
      },
      problem: (error) =>
        isCloudError(error, 'denied')
          ? {
              mover: 'person',
              what: `you may not let ${called} run as ${before === '' ? usual : before}`,
              why: error.message,
              next: `ask for roles/iam.serviceAccountUser on ${before === '' ? usual : before}, then run this again`,
              exit: 'blocked',
            }
          : undefined,
    });
  },
};
