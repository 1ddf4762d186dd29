import { anyStep, type AnyStep } from '../wizard/attempt.ts';
import { accountStep } from './account.ts';
import type { Goal, Tools } from './goal.ts';
import { grantStep } from './grant.ts';
import { keyStep } from './key.ts';
import { projectStep } from './project.ts';
import { roleStep } from './role.ts';
import { servicesStep } from './services.ts';
import { validateStep } from './validate.ts';

/** The steps, in the order in which they are told. */
export const steps: readonly AnyStep<Tools, Goal>[] = [
  anyStep(projectStep),
  anyStep(servicesStep),
  anyStep(roleStep),
  anyStep(accountStep),
  anyStep(grantStep),
  anyStep(keyStep),
  anyStep(validateStep),
];

/** Permissions that looking takes. */
export const permissionsToLook: readonly string[] = [
  'resourcemanager.projects.get',
  'resourcemanager.projects.getIamPolicy',
  'serviceusage.services.get',
  'iam.roles.get',
  'iam.serviceAccounts.get',
  'iam.serviceAccountKeys.list',
];

/** Permissions that mending may take besides. */
export const permissionsToMend: readonly string[] = [
  'resourcemanager.projects.setIamPolicy',
  'serviceusage.services.enable',
  'iam.roles.create',
  'iam.roles.update',
  'iam.roles.undelete',
  'iam.serviceAccounts.create',
  'iam.serviceAccounts.enable',
  'iam.serviceAccounts.update',
  'iam.serviceAccountKeys.create',
  'iam.serviceAccountKeys.delete',
];
