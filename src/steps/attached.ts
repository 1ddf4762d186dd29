import type { RunService } from '../google/run.ts';
import { isCloudError } from '../google/errors.ts';
import { AlreadyThereError } from '../wizard/attempt.ts';
import type { Step } from '../wizard/step.ts';
import { cloudProblem, isNotKnownYet, seenOr, unseen } from './cloud-problem.ts';
import { accountEmail, servicesOf, type Goal, type Tools } from './goal.ts';
import { commandLine } from './shell.ts';

interface Wanted {
  project: string;
  email: string;
  region: string;
  service: string;
  source: string;
  turnedOn: readonly string[];
}

interface Seen {
  unseen: boolean;
  /** Nothing: it is to be deployed yet. */
  found: RunService | undefined;
}

/** In place of a key: a service on Cloud Run runs as the account. */
export const attachedStep: Step<Wanted, Seen, Tools, Goal> = {
  id: 'key',
  title: 'Without a key',
  why: 'The service on Cloud Run runs as the account, and Google gives it the tokens. There is no key to lose.',
  undo: 'the service can run as the account it had before, in a new revision',
  needs: ['account'],
  settling: { agree: 3, usuallyMs: 30_000, patienceMs: 300_000 },

  want(goal) {
    const { access, project } = goal.answers;
    if (access.kind !== 'attached')
      throw new Error(`no service is to run as the account, but ${access.kind}`);
    const { region, service, source } = access;
    return { project, email: accountEmail(goal), region, service, source, turnedOn: servicesOf(goal) };
  },

  async look({ cloud }, { project, region, service, turnedOn }) {
    const found = await seenOr(cloud.run.get(project, region, service), turnedOn);
    return found === unseen ? { unseen: true, found: undefined } : { unseen: false, found };
  },

  compare({ project, email, region, service, source }, { unseen: blind, found }) {
    if (!blind && (found === undefined || found.serviceAccount === email)) return [];
    return [
      {
        sign: '~',
        what: 'run-service',
        name: `${region}/${service}`,
        from: blind
          ? 'not looked at while the Cloud Run API is off'
          : `runs as ${found?.serviceAccount ?? "the project's default account"}`,
        to: `runs as ${email}, in a new revision${blind ? ', if it is deployed' : ''}`,
        why: 'Google gives a service tokens of the account that it runs as, and of no other',
        source,
        gcloud: commandLine(
          ...['gcloud', 'run', 'services', 'update', service, `--project=${project}`],
          ...[`--region=${region}`, `--service-account=${email}`],
        ),
        requires: ['run.services.update', 'iam.serviceAccounts.actAs'],
      },
    ];
  },

  facts({ email, region, service }, { unseen: blind, found }) {
    if (blind) return [];
    if (found === undefined)
      return [
        {
          tone: 'attention',
          text: `${region}/${service} is not deployed yet; deploy it with --service-account=${email}`,
        },
      ];
    return found.serviceAccount === email
      ? [{ tone: 'note', text: `${region}/${service} runs as ${email}` }]
      : [];
  },

  stale: ({ found }, { before }) => found !== undefined && before !== '' && found.etag === before,
  unseen: (seen) => seen.unseen,
  makes: ({ email }, { found }) =>
    found === undefined
      ? []
      : [
          {
            what: 'run-service',
            did: 'attached',
            name: found.name,
            evidence: { before: found.serviceAccount ?? '', after: email },
          },
        ],
  evidence: () => ({ before: '' }),

  async act({ cloud }, { wanted, signal }) {
    const { project, region, service, email } = wanted;
    const now = await cloud.run.get(project, region, service);
    signal.throwIfAborted();
    if (now === undefined || now.serviceAccount === email)
      throw new AlreadyThereError(`${service} needs nothing any more`);
    await cloud.run.setServiceAccount(now, email);
    return { before: now.etag };
  },

  passing: (error, acted) => isCloudError(error, 'conflict') || isNotKnownYet(error, acted),
  waiting: () => ({ waitingFor: 'the new revision to be known everywhere' }),
  problem: (error, { project, email, region, service }) =>
    error === undefined
      ? {
          mover: 'cloud',
          what: `the service was changed, but ${region}/${service} still shows without ${email}`,
          next: 'wait a few minutes, then run this again',
          exit: 'cloud',
        }
      : cloudProblem(error, { project, doing: `let ${region}/${service} run as ${email}` }),
};
