import type { Problem } from '../../../src/wizard/problem.ts';
import { email } from './example-changes.ts';

export const forbidden: Problem = {
  mover: 'person',
  what: `no key may be made for ${email}`,
  why: 'an organisation policy forbids it: iam.disableServiceAccountKeyCreation',
  next: 'do without a key (impersonation, workload identity), or ask an administrator of the organisation for an exception',
  exit: 'blocked',
  call: {
    api: 'iam',
    method: 'projects.serviceAccounts.keys.create',
    httpStatus: 400,
    status: 'FAILED_PRECONDITION',
  },
};

export const conflict: Problem = {
  mover: 'cloud',
  what: 'could not read or change the allow policy of acme-video: someone else kept changing it',
  why: 'There were concurrent policy changes.',
  next: 'wait a moment, then run this again',
  exit: 'cloud',
  call: { api: 'cloudresourcemanager', method: 'projects.setIamPolicy', httpStatus: 409, status: 'ABORTED' },
};

export const denied: Problem = {
  mover: 'person',
  what: 'viewer@acme.com may not do this in acme-video',
  next: 'ask an owner of acme-video for a role that allows it',
  exit: 'blocked',
  missing: [
    'resourcemanager.projects.setIamPolicy',
    'serviceusage.services.enable',
    'iam.roles.create',
    'iam.serviceAccounts.create',
    'iam.serviceAccountKeys.create',
  ],
};
