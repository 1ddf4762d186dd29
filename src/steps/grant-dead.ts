import type { Policy } from '../google/policy.ts';
import type { Journal, MadeEntry } from '../wizard/journal.ts';
import type { Change, Fact } from '../wizard/step.ts';
import { commandLine } from './shell.ts';

/** A grant of our role to an account of this name that was deleted: it gives nobody anything. */
export interface DeadGrant {
  /** As the policy names it: `deleted:serviceAccount:EMAIL?uid=UNIQUE_ID` (recorded). */
  member: string;
  uniqueId: string;
  /** What the journal knows of it, where a run of ours made it; else it is not ours to remove. */
  entry: MadeEntry | undefined;
}

/** What the grant is about. */
interface About {
  project: string;
  role: string;
  member: string;
  roleId: string;
}

/** The dead grants of the role to earlier accounts of the member's name. */
export function deadGrants({ bindings }: Policy, { role, member }: About, { made }: Journal): DeadGrant[] {
  const begin = `deleted:${member}?uid=`;
  return bindings
    .filter((binding) => binding.role === role && binding.condition === undefined)
    .flatMap(({ members }) => members.filter((each) => each.startsWith(begin)))
    .map((each) => {
      const uniqueId = each.slice(begin.length);
      const entry = made.findLast(
        ({ what, did, evidence }) =>
          what === 'grant' &&
          did === 'granted' &&
          evidence['role'] === role &&
          evidence['member'] === member &&
          evidence['uniqueId'] === uniqueId,
      );
      return { member: each, uniqueId, entry };
    });
}

/** What the plan shows of those that are ours: they go where the account is granted the role anew. */
export function deadChanges(dead: readonly DeadGrant[], { project, role, roleId }: About): Change[] {
  return dead
    .filter(({ entry }) => entry !== undefined)
    .map(({ member, uniqueId }) => ({
      sign: '-',
      what: 'grant',
      name: roleId,
      from: `granted to the account that was deleted, unique ID ${uniqueId}`,
      to: 'removed',
      why: 'it gives nobody anything, and whoever reviews the policy has to find that out',
      source: 'the journal: a run of yours made it',
      gcloud: commandLine(
        ...['gcloud', 'projects', 'remove-iam-policy-binding', project],
        ...[`--member=${member}`, `--role=${role}`, '--condition=None'],
      ),
      requires: ['resourcemanager.projects.setIamPolicy'],
    }));
}

/** Those that nobody can prove to be ours. */
export function deadFacts(dead: readonly DeadGrant[], { roleId }: About): Fact[] {
  return dead
    .filter(({ entry }) => entry === undefined)
    .map(({ uniqueId }) => ({
      tone: 'attention',
      text: `${roleId} is still granted to an account of this name that was deleted (unique ID ${uniqueId}): it gives nobody anything, and is left as found`,
    }));
}

/** The policy without a member of the role's unconditional binding; a binding that nobody is left in goes. */
export function withoutMember(policy: Policy, role: string, member: string): Policy {
  const bindings = policy.bindings.flatMap((binding) => {
    if (binding.role !== role || binding.condition !== undefined || !binding.members.includes(member))
      return [binding];
    const members = binding.members.filter((each) => each !== member);
    return members.length === 0 ? [] : [{ ...binding, members }];
  });
  return { ...policy, bindings };
}
