import * as z from 'zod';
import { readBody } from '../body.ts';
import type { Call } from '../call.ts';
import { ApiError, failedPrecondition, invalidArgument, preconditionFailure } from '../errors.ts';
import { findAccount, projectResource } from '../resources.ts';
import type { Project, ServiceAccount } from '../world.ts';
import { permittedProject } from './account-lookup.ts';
import { showAccount } from './account-show.ts';
import { warmKeyPool } from './key-pool.ts';
import { enforcedConstraint } from './organization-policy.ts';

/** A service account as clients send it; what only Google sets is accepted and ignored. */
export const AccountBody = z.strictObject({
  displayName: z.string().nullish(),
  description: z.string().nullish(),
  name: z.string().nullish(),
  projectId: z.string().nullish(),
  uniqueId: z.string().nullish(),
  email: z.string().nullish(),
  etag: z.string().nullish(),
  oauth2ClientId: z.string().nullish(),
  disabled: z.boolean().nullish(),
});

const CreateServiceAccountRequest = z.strictObject({
  accountId: z.string().default(''),
  serviceAccount: AccountBody.nullish(),
});

const MAX_ACCOUNTS = 100;

/** Refuses a display name over 100 bytes or a description over 256 (discovery document; the texts are [U]). */
export function checkTexts(displayName = '', description = ''): void {
  if (Buffer.byteLength(displayName) > 100)
    throw invalidArgument('The display name must not exceed 100 bytes.');
  if (Buffer.byteLength(description) > 256)
    throw invalidArgument('The description must not exceed 256 bytes.');
}

/** POST of a service account. Reads may answer 404 for a while: replicas learn of it one by one (recorded). */
export function createAccount(call: Call): object {
  const { world } = call;
  const project = permittedProject(call, 'iam.serviceAccounts.create');
  const { accountId, serviceAccount } = readBody(call, CreateServiceAccountRequest);
  checkAccountId(accountId);
  const displayName = serviceAccount?.displayName ?? undefined;
  const description = serviceAccount?.description ?? undefined;
  checkTexts(displayName, description);
  // A project ID of the old form "example.com:name" is turned round (IAM docs).
  const email = `${accountId}@${project.id.split(':').reverse().join('.')}.iam.gserviceaccount.com`;
  checkConstraint(call, project, email);
  if (findAccount(world, email)) {
    throw new ApiError(
      'ALREADY_EXISTS',
      `Service account ${accountId} already exists within project projects/${project.id}.`,
      { legacyReason: 'alreadyExists' },
    );
  }
  checkQuota(call, project);
  const account: ServiceAccount = {
    uniqueId: world.newUniqueId(),
    email,
    projectId: project.id,
    displayName,
    description,
    disabled: false,
    createTime: world.clock.now(),
  };
  world.accounts.set(account.uniqueId, account);
  world.accountIds.set(email, [...(world.accountIds.get(email) ?? []), account.uniqueId]);
  warmKeyPool(world);
  return showAccount(account);
}

function checkAccountId(id: string): void {
  if (id.length < 6 || id.length > 30) {
    throw invalidArgument(`The account ID "${id}" does not have a length between 6 and 30.`); // Public reports.
  }
  if (!/^[a-z]([-a-z0-9]*[a-z0-9])$/.test(id)) {
    throw invalidArgument(
      `The account ID "${id}" does not match the regular expression "[a-z]([-a-z0-9]*[a-z0-9])".`, // [U] the text.
    );
  }
}

/** [U] the texts: modelled on those of key creation. */
function checkConstraint(call: Call, project: Project, email: string): void {
  const constraint = enforcedConstraint(
    call,
    projectResource(call.world, project),
    'iam.disableServiceAccountCreation',
    'iam.managed.disableServiceAccountCreation',
  );
  if (!constraint) return;
  const description = 'Service account creation is not allowed on this project.';
  throw failedPrecondition(description, [
    preconditionFailure({
      type: `constraints/${constraint}`,
      subject: `projects/${project.id}?configvalue=${encodeURIComponent(email)}`,
      description,
    }),
  ]);
}

/** 429 at 100 accounts (pasted in public reports). [U] that deleted ones do not count. */
function checkQuota(call: Call, project: Project): void {
  const live = [...call.world.accounts.values()].filter(
    (account) => account.projectId === project.id && account.deletedAt === undefined,
  );
  if (live.length < MAX_ACCOUNTS) return;
  throw new ApiError('RESOURCE_EXHAUSTED', 'Maximum number of service accounts on project reached.', {
    details: [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '86401s' }],
  });
}
