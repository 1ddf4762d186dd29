import { anyStep, type AnyStep } from '../wizard/attempt.ts';
import { accountStep } from './account.ts';
import { attachedStep } from './attached.ts';
import { envStep } from './env.ts';
import { githubStep } from './github.ts';
import type { Access, Goal, Tools } from './goal.ts';
import { grantStep, grantStepOn } from './grant.ts';
import { wantedPlaces } from './grant-lines.ts';
import { impersonationStep } from './impersonation.ts';
import { keyStep } from './key.ts';
import { projectStep } from './project.ts';
import { roleStep } from './role.ts';
import { servicesStep } from './services.ts';
import { validateStep } from './validate.ts';

/** What gives programs the account's identity: the step with the ID `key`, by the kind of access. */
const accessSteps: Readonly<Record<Access['kind'], AnyStep<Tools, Goal>>> = {
  key: anyStep(keyStep),
  impersonation: anyStep(impersonationStep),
  github: anyStep(githubStep),
  attached: anyStep(attachedStep),
};

const validate = anyStep(validateStep);
const env = anyStep(envStep);

/** The steps that make an account ready as its profile and the answers want it, in the order in which they are told. */
export function stepsFor(goal: Goal): readonly AnyStep<Tools, Goal>[] {
  const { access, envFile } = goal.answers;
  const hasRole = goal.profile.role !== undefined;
  const grants = wantedPlaces(goal).map(({ on }) => grantStepOn(on));
  return [
    anyStep(projectStep),
    anyStep(servicesStep),
    ...(hasRole ? [anyStep(roleStep)] : []),
    anyStep(accountStep),
    ...grants.map(anyStep),
    accessSteps[access.kind],
    ...(access.kind === 'key' && envFile !== undefined ? [env] : []),
    grants.length === 1 && grants[0]?.id === 'grant'
      ? validate
      : anyStep({ ...validateStep, needs: [...grants.map(({ id }) => id), 'key'] }),
  ];
}

/** The steps where nothing is known yet: one role, granted on the project, and a key. */
export const steps: readonly AnyStep<Tools, Goal>[] = [
  anyStep(projectStep),
  anyStep(servicesStep),
  anyStep(roleStep),
  anyStep(accountStep),
  anyStep(grantStep),
  accessSteps.key,
  validate,
];
