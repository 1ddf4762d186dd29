import type { Step } from '../wizard/step.ts';
import { cloudProblem } from './cloud-problem.ts';
import type { Goal, Tools } from './goal.ts';
import { commandLine } from './shell.ts';

interface Wanted {
  project: string;
  services: readonly { name: string; why: string }[];
}

type Seen = Awaited<ReturnType<Tools['cloud']['services']['states']>>;

/** Turns on the APIs that the profile asks for. Never turns one off. */
export const servicesStep: Step<Wanted, Seen, Tools, Goal> = {
  id: 'services',
  title: 'Services',
  why: 'APIs that must be on in the project. None is ever turned off.',
  needs: ['project'],
  settling: { agree: 3, usuallyMs: 10_000, patienceMs: 300_000 },
  want: ({ profile, answers }) => ({ project: answers.project, services: profile.services }),

  look: ({ cloud }, { project, services }) =>
    cloud.services.states(
      project,
      services.map(({ name }) => name),
    ),

  compare: ({ project, services }, states) =>
    services
      .filter(({ name }) => states.get(name) !== 'ENABLED')
      .map(({ name, why }) => ({
        sign: '+',
        what: 'service',
        name,
        from: 'off',
        why,
        source: 'asked by the profile',
        gcloud: commandLine('gcloud', 'services', 'enable', name, `--project=${project}`),
        requires: ['serviceusage.services.enable'],
      })),

  facts({ services }, states) {
    const on = services.filter(({ name }) => states.get(name) === 'ENABLED');
    return on.length === 0 ? [] : [{ tone: 'note', text: `on: ${on.map(({ name }) => name).join(', ')}` }];
  },

  async act({ cloud }, { wanted, changes }) {
    const names = changes.map(({ name }) => name);
    await cloud.services.enable(wanted.project, names);
    return { enabled: names.join(' ') };
  },

  waiting: ({ services }, states) => ({
    waitingFor: 'every replica to know that the services are on',
    done: services.filter(({ name }) => states?.get(name) === 'ENABLED').length,
    total: services.length,
  }),
  problem: (error, { project }, states) => {
    if (error !== undefined) return cloudProblem(error, { project, doing: `turn on services in ${project}` });
    const off = [...(states ?? [])].filter(([, state]) => state !== 'ENABLED').map(([name]) => name);
    return {
      mover: 'cloud',
      what: `${off.join(', ')} still shows as off after being turned on`,
      next: 'wait a few minutes, then run this again',
      exit: 'cloud',
    };
  },
};
