import { anyStep, type AnyStep } from '../wizard/attempt.ts';
import type { Journal } from '../wizard/journal.ts';
import type { Made } from '../wizard/step.ts';
import type { Goal, Tools } from './goal.ts';
import { projectStep } from './project.ts';
import { undoAccount } from './undo-account.ts';
import { undoAccountEnabled, undoAccountNamed } from './undo-account-changes.ts';
import { undoAccountGrant } from './undo-account-grant.ts';
import { undoCredentialsFile } from './undo-credentials-file.ts';
import { kindOf, tracesOf, type Trace } from './undo-entries.ts';
import { undoEnv } from './undo-env.ts';
import { undoGrant } from './undo-grant.ts';
import { undoKey } from './undo-key.ts';
import { undoKeyDisabled, undoKeyReplaced } from './undo-key-retired.ts';
import type { UndoKind } from './undo-kind.ts';
import { oursOf } from './undo-ours.ts';
import { undoPool, undoProvider } from './undo-pool.ts';
import { undoRole } from './undo-role.ts';
import { undoRoleEnabled, undoRoleExtended, undoRoleNarrowed, undoRoleTitled } from './undo-role-changes.ts';
import { undoRoleRestored } from './undo-role-restored.ts';
import { undoRunService } from './undo-run-service.ts';
import { undoServices } from './undo-services.ts';
import type { Given } from './undo-step.ts';

/** Every kind of thing that runs make, in the order in which it is taken away. */
const kinds: readonly UndoKind[] = [
  undoEnv,
  undoRunService,
  undoKey,
  undoKeyDisabled,
  undoKeyReplaced,
  undoAccountGrant,
  undoCredentialsFile,
  undoProvider,
  undoPool,
  undoGrant,
  undoAccountNamed,
  undoAccountEnabled,
  undoAccount,
  undoRoleTitled,
  undoRoleExtended,
  undoRoleNarrowed,
  undoRoleEnabled,
  undoRoleRestored,
  undoRole,
  undoServices,
];

/** Steps that leave something behind. */
const making = ['services', 'role', 'account', 'grant', 'key', 'env'];

const byName = ({ name }: Made): string => name;

/** Permissions that undo may need of the operator, besides those to look. */
export const permissionsToUndo: readonly string[] = [
  'iam.serviceAccountKeys.delete',
  'iam.serviceAccountKeys.enable',
  'resourcemanager.projects.setIamPolicy',
  'iam.serviceAccounts.delete',
  'iam.serviceAccounts.disable',
  'iam.serviceAccounts.update',
  'iam.roles.delete',
  'iam.roles.update',
  'serviceusage.services.disable',
  'iam.serviceAccounts.getIamPolicy',
  'iam.serviceAccounts.setIamPolicy',
  'iam.serviceAccounts.actAs',
  'run.services.get',
  'run.services.update',
  'iam.googleapis.com/workloadIdentityPools.delete',
  'iam.googleapis.com/workloadIdentityPoolProviders.delete',
];

/**
 * The steps that take away what the journal says runs made, and what interrupted ones may have made: the newest first, one
 * after the other, after the project was looked at.
 * @param services whether services that were turned on are turned off as well
 */
export function undoSteps(
  { answers: { project } }: Goal,
  journal: Journal,
  services = false,
): readonly AnyStep<Tools, Goal>[] {
  const traces = tracesOf(journal);
  const ours = oursOf(traces);
  const unfound: Given['unfound'] = [];
  const steps: AnyStep<Tools, Goal>[] = [anyStep(projectStep)];
  for (const { id, groupOf = byName, kind, step } of kinds) {
    const of = traces.filter((trace) => kindOf(madeOf(trace, traces)) === kind);
    const groups = [...Map.groupBy(of, ({ made }) => groupOf(made)).values()].toReversed();
    const needs = steps.map((each) => each.id);
    for (const [index, group] of groups.entries())
      steps.push(
        step({
          id: `undo-${id}${index === 0 ? '' : `-${index + 1}`}`,
          ...{ needs, traces: group, ours, journal, project, services, unfound },
        }),
      );
  }
  return steps;
}

/** What was done to a thing of our own goes with it: such an entry belongs to that of the making. */
function madeOf(trace: Trace, traces: readonly Trace[]): Trace {
  const { what, name } = trace.made;
  return (
    traces.find(
      ({ made, evidence }) =>
        made.what === what &&
        made.name === name &&
        (made.did === 'created' || (made.did === 'made' && evidence['id'] === trace.evidence['id'])),
    ) ?? trace
  );
}

/** What the journal names and nothing here knows how to take away: a newer version has made it. */
export function unknownTraces(journal: Journal): readonly string[] {
  const known = new Set(kinds.map(({ kind }) => kind));
  return journal.made
    .filter(({ what, did }) => !known.has(`${what}/${did}`))
    .map(({ what, name }) => `${what} ${name}`);
}

/** Steps that acted before the journal told what they made: nothing of them can be taken away. */
export function untoldSteps({ untold }: Journal): readonly string[] {
  return untold.filter((step) => making.includes(step));
}
