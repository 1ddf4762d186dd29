import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { isBilled } from '../billing/accounts.ts';
import { readBody } from '../body.ts';
import type { Call } from '../call.ts';
import { param } from '../call.ts';
import { errorInfo, failedPrecondition, invalidArgument, notFound, preconditionFailure } from '../errors.ts';
import { warmKeyPool } from '../iam/key-pool.ts';
import { consumerOperationName, showOperation, startOperation } from '../operations.ts';
import type { Handler } from '../router.ts';
import type { Project, World } from '../world.ts';
import { addDefaultAccount } from './default-account.ts';
import { dependentsOf, hasDependents } from './dependents.ts';
import { known } from './reads.ts';
import { enabledIn, needsBilling, projectWith, showService } from './services.ts';

const MOST_IN_BATCH = 20;
const TYPE = 'type.googleapis.com/google.api.serviceusage.v1';

/** What is answered when there is nothing to do: done already, and not to be polled (pasted in public reports). */
const NOOP = 'operations/noop.DONE_OPERATION';

/** 400 UREQ_PROJECT_BILLING_NOT_FOUND, naming the services that need billing (pasted 2023). */
function checkBilling(world: World, project: Project, services: readonly string[]): void {
  const billed = services.filter(needsBilling);
  if (billed.length === 0 || isBilled(world, project)) return;
  const names = billed.join(',');
  throw failedPrecondition(
    `Billing account for project '${project.number}' is not found. Billing must be enabled for activation of service(s) '${names}' to proceed.\nHelp Token: ${randomUUID()}`,
    [
      preconditionFailure({
        type: 'googleapis.com/billing-enabled',
        subject: `?error_code=390001&project=${project.number}&services=${names}`,
      }),
      errorInfo('UREQ_PROJECT_BILLING_NOT_FOUND', 'serviceusage.googleapis.com/billing-enabled', {
        project: project.number,
        services: names,
      }),
    ],
  );
}

/** Starts the operation that enables or disables services, all at once, when it is done. */
function change(
  call: Call,
  project: Project,
  services: readonly string[],
  enable: boolean,
  response: (shown: readonly object[]) => object,
): object {
  const { world } = call;
  const pending = services.filter((service) => enabledIn(world, project).has(service) !== enable);
  const shown = services.map((service) => showService(world, project, service, enable));
  if (pending.length === 0) return { name: NOOP, done: true, response: response(shown) };
  const finish = (at: number) => {
    const next = new Set(enabledIn(world, project));
    for (const service of services)
      if (enable) next.add(service);
      else next.delete(service);
    world.services.set(project.id, next, at);
    if (enable) addDefaultAccount(world, project, services);
    return { response: response(shown) };
  };
  // Whoever turns this on is likely to want an account and its key soon.
  if (enable && pending.includes('iam.googleapis.com')) warmKeyPool(world);
  const metadata = {
    '@type': `${TYPE}.OperationMetadata`,
    resourceNames: services.map((service) => `projects/${project.number}/services/${service}`),
  };
  const prefix = enable && services.length > 1 ? 'acat' : 'acf';
  const name = consumerOperationName(world, prefix, project.number);
  return showOperation(startOperation(world, 'services', { name, metadata, finish }));
}

export const enableService: Handler = (call) => {
  readBody(call, z.strictObject({}));
  const project = projectWith(call, 'enable');
  const service = param(call, 'service');
  known(call, [service]);
  if (!enabledIn(call.world, project).has(service)) checkBilling(call.world, project, [service]);
  return change(call, project, [service], true, ([shown]) => ({
    '@type': `${TYPE}.EnableServiceResponse`,
    service: shown,
  }));
};

const BatchEnableRequest = z.strictObject({ serviceIds: z.array(z.string()).optional() });

export const batchEnable: Handler = (call) => {
  const { serviceIds = [] } = readBody(call, BatchEnableRequest);
  const project = projectWith(call, 'enable');
  if (serviceIds.length === 0 || serviceIds.length > MOST_IN_BATCH)
    throw invalidArgument('Request contains an invalid argument.');
  const services = known(call, [...new Set(serviceIds)]);
  checkBilling(
    call.world,
    project,
    services.filter((service) => !enabledIn(call.world, project).has(service)),
  );
  return change(call, project, services, true, (shown) => ({
    '@type': `${TYPE}.BatchEnableServicesResponse`,
    services: shown,
  }));
};

const DisableRequest = z.strictObject({
  disableDependentServices: z.boolean().optional(),
  // Google looks at the usage of the last 30 days when asked to; here nobody's usage is kept, so all is unused.
  checkIfServiceHasUsage: z.enum(['CHECK_IF_SERVICE_HAS_USAGE_UNSPECIFIED', 'SKIP', 'CHECK']).optional(),
});

/** :disable. Refused while other enabled services depend on it, unless they may go with it (discovery document). */
export const disableService: Handler = (call) => {
  const { disableDependentServices } = readBody(call, DisableRequest);
  const project = projectWith(call, 'disable');
  const service = param(call, 'service');
  known(call, [service]);
  const dependents = dependentsOf(service, enabledIn(call.world, project));
  if (dependents.length > 0 && !disableDependentServices) throw hasDependents(service, dependents);
  return change(call, project, [service, ...dependents], false, ([shown]) => ({
    '@type': `${TYPE}.DisableServiceResponse`,
    service: shown,
  }));
};

/** Polling the no-op operation is the mistake that its name warns of: there is none of that name ([U] the text). */
export const getOperation: Handler = (call) => {
  const operation = call.world.operations.get(`operations/${param(call, 'operation')}`);
  if (!operation) throw notFound('Operation not found or permission denied.');
  return showOperation(operation);
};
