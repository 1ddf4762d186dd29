import * as z from 'zod';
import { accessTo } from '../authorise.ts';
import { omitDefaults, readBody } from '../body.ts';
import type { Call } from '../call.ts';
import { param } from '../call.ts';
import { callerDenied, failedPrecondition, invalidArgument } from '../errors.ts';
import type { Resource } from '../resources.ts';
import { findProject, projectResource } from '../resources.ts';
import type { Handler } from '../router.ts';
import type { BillingAccount, Project } from '../world.ts';
import { billingAccountResource, isBilled } from './accounts.ts';

/** What is sent back is what was read, so the fields that Google fills in itself are let be. */
const ProjectBillingInfo = z.strictObject({
  billingAccountName: z.string().optional(),
  name: z.string().optional(),
  projectId: z.string().optional(),
  billingEnabled: z.boolean().optional(),
});

function show(call: Call, project: Project): object {
  return omitDefaults({
    name: `projects/${project.id}/billingInfo`,
    projectId: project.id,
    billingAccountName: project.billingAccount && `billingAccounts/${project.billingAccount}`,
    billingEnabled: isBilled(call.world, project),
  });
}

/** The project of the call; absent and forbidden look the same, as with Resource Manager. */
function projectOf(call: Call): Project {
  const project = findProject(call.world, param(call, 'project'));
  if (!project) throw callerDenied();
  return project;
}

const may = (call: Call, resource: Resource, permission: string) =>
  accessTo(call, resource).holds(permission);

/** Asks for resourcemanager.projects.get alone (discovery document): who owns the account is no secret. */
export const getBillingInfo: Handler = (call) => {
  const project = projectOf(call);
  if (!may(call, projectResource(call.world, project), 'resourcemanager.projects.get')) throw callerDenied();
  return show(call, project);
};

/**
 * Links a project to a billing account, or with an empty name to none. Linking asks for a permission on either side;
 * unlinking for one of the two (billing access control docs). A closed account can be linked and turns billing off
 * (discovery document).
 */
export const updateBillingInfo: Handler = (call) => {
  const { billingAccountName = '' } = readBody(call, ProjectBillingInfo);
  const project = projectOf(call);
  const next = billingAccountName === '' ? undefined : linked(call, project, billingAccountName);
  if (!next) demandUnlink(call, project);
  const changed = { ...project, billingAccount: next?.id };
  call.world.projects.set(project.id, changed);
  return show(call, changed);
};

function linked(call: Call, project: Project, name: string): BillingAccount {
  const { world } = call;
  const id = /^billingAccounts\/([0-9A-F]{6}(?:-[0-9A-F]{6}){2})$/.exec(name)?.[1];
  if (!id) throw invalidArgument('Request contains an invalid argument.'); // [U] the text.
  const account = world.billingAccounts.get(id);
  const allowed =
    account &&
    may(call, projectResource(world, project), 'resourcemanager.projects.createBillingAssignment') &&
    may(call, billingAccountResource(account), 'billing.resourceAssociations.create');
  if (!allowed) throw callerDenied();
  const others = [...world.projects.values()].filter(
    (other) => other.billingAccount === id && other.id !== project.id,
  );
  if (account.mostProjects !== undefined && others.length >= account.mostProjects) throw tooMany(account);
  return account;
}

function demandUnlink(call: Call, project: Project): void {
  const { world } = call;
  const account = world.billingAccounts.get(project.billingAccount ?? '');
  const resource = projectResource(world, project);
  if (may(call, resource, 'resourcemanager.projects.deleteBillingAssignment')) return;
  if (account && may(call, billingAccountResource(account), 'billing.resourceAssociations.delete')) return;
  throw callerDenied();
}

/** 400 with a QuotaFailure: an account takes so many projects, five when it is new (pasted 2018 and 2020). */
function tooMany({ id }: BillingAccount) {
  return failedPrecondition('Precondition check failed.', [
    {
      '@type': 'type.googleapis.com/google.rpc.QuotaFailure',
      violations: [
        {
          subject: `billingAccounts/${id}`,
          description:
            'Cloud billing quota exceeded: https://support.google.com/code/contact/billing_quota_increase',
        },
      ],
    },
  ]);
}
