import { isCloudError } from '../google/errors.ts';
import type { Problem } from '../wizard/problem.ts';
import type { Step } from '../wizard/step.ts';
import { againIfUnavailable } from './again.ts';
import { failsWithout } from './breaks.ts';
import { cloudProblem } from './cloud-problem.ts';
import { wantedServices, type Goal, type Tools } from './goal.ts';
import { commandLine } from './shell.ts';

interface Wanted {
  project: string;
  services: readonly { name: string; why: string }[];
}

interface Seen {
  states: Awaited<ReturnType<Tools['cloud']['services']['states']>>;
  /** An earlier run has left all of it as wanted: what is off now was turned off. */
  wasReady: boolean;
}

/** Turns on the APIs that the profile asks for. Never turns one off. */
export const servicesStep: Step<Wanted, Seen, Tools, Goal> = {
  id: 'services',
  title: 'Services',
  why: 'APIs that must be on in the project. None is ever turned off.',
  undo: 'they can be turned off again; whatever uses them by then would stop',
  needs: ['project'],
  settling: { agree: 3, usuallyMs: 10_000, patienceMs: 300_000 },
  want: (goal) => ({ project: goal.answers.project, services: wantedServices(goal) }),

  async look({ cloud }, { project, services }, journal) {
    const states = await cloud.services.states(
      project,
      services.map(({ name }) => name),
    );
    return { states, wasReady: journal.receipt('validate') !== undefined };
  },

  compare: ({ project, services }, { states, wasReady }) =>
    services
      .filter(({ name }) => states.get(name) !== 'ENABLED')
      .map(({ name, why }) => ({
        sign: '+',
        what: 'service',
        name,
        from: 'off',
        why: wasReady ? failsWithout(why) : why,
        source: 'asked by the profile',
        gcloud: commandLine('gcloud', 'services', 'enable', name, `--project=${project}`),
        requires: ['serviceusage.services.enable'],
      })),

  facts({ services }, { states }) {
    const on = services.filter(({ name }) => states.get(name) === 'ENABLED');
    return on.length === 0 ? [] : [{ tone: 'note', text: `on: ${on.map(({ name }) => name).join(', ')}` }];
  },

  makes: ({ services }, { states }) =>
    services
      .filter(({ name }) => states.get(name) !== 'ENABLED')
      .map(({ name }) => ({ what: 'service', did: 'enabled', name, evidence: {} })),
  evidence: ({ services }) => ({ enabled: services.map(({ name }) => name).join(' ') }),

  async act({ cloud }, { wanted, changes, signal }) {
    const names = changes.map(({ name }) => name);
    await againIfUnavailable(() => cloud.services.enable(wanted.project, names), signal);
    return { enabled: names.join(' ') };
  },

  waiting: ({ services }, seen) => ({
    waitingFor: 'every replica to know that the services are on',
    done: services.filter(({ name }) => seen?.states.get(name) === 'ENABLED').length,
    total: services.length,
  }),
  problem: (error, { project }, seen) => {
    if (error !== undefined) return refused(error, project);
    const off = [...(seen?.states ?? [])].filter(([, state]) => state !== 'ENABLED').map(([name]) => name);
    return {
      mover: 'cloud',
      what: `${off.join(', ')} still shows as off after being turned on`,
      next: 'wait a few minutes, then run this again',
      exit: 'cloud',
    };
  },
};

/** A precondition of Service Usage is met by a person, never by trying again; the one that is common is billing. */
function refused(error: unknown, project: string): Problem {
  const problem = cloudProblem(error, { project, doing: `look at or turn on services in ${project}` });
  if (!isCloudError(error, 'precondition')) return problem;
  const unpaid = error.reason === 'UREQ_PROJECT_BILLING_NOT_FOUND';
  return {
    ...problem,
    mover: 'person',
    what: unpaid
      ? `${project} has no billing account, which services that cost money need`
      : `services cannot be turned on in ${project}`,
    next: unpaid
      ? `link one of those that gcloud billing accounts list shows: gcloud billing projects link ${project} --billing-account=ID`
      : 'do what the line above says, then run this again',
    exit: 'blocked',
  };
}
