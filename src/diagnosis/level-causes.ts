import { notInProjectRole } from '../profile/known-facts.ts';
import { asMember } from '../steps/member.ts';
import { gcloudOf, type Spot } from '../steps/spot.ts';
import type { Cause } from './cause.ts';
import { resourceOf } from './looking.ts';
import type { Subject } from './subject.ts';
import { levelShown, them } from './words.ts';

/** Permissions that Google takes for none of a project: they belong to another level, or to nothing. */
export async function levelCauses(subject: Subject): Promise<Cause[]> {
  const { invalid, lacking, project } = subject;
  const above = new Map(
    lacking.filter(({ spot }) => spot.kind === 'organization').map((each) => [each.name, each.spot]),
  );
  const groups = Map.groupBy(invalid, ({ name }) => above.get(name));
  return Promise.all(
    [...groups].flatMap(([spot, group]) => {
      if (spot === undefined)
        return group.map(({ name, said }) => Promise.resolve(unknownCause(name, said, project)));
      return [causeAbove(spot, group, subject)];
    }),
  );
}

function onProject(project: string, said: string): Cause['evidence'][0] {
  return { call: 'cloudresourcemanager projects.testIamPermissions', resource: `projects/${project}`, said };
}

function unknownCause(name: string, said: string, project: string): Cause {
  const why = notInProjectRole(name);
  return {
    kind: 'other-level',
    permissions: [name],
    what:
      why === undefined
        ? `Google knows no ${name} on a project: its name is wrong, or it belongs to another level`
        : `${name} cannot be had on a project: ${why.replace(/\.$/u, '')}`,
    remedy: 'look up what it is, then ask for it where it belongs, or correct its name',
    command: `iamready explain ${name}`,
    evidence: [onProject(project, said)],
  };
}

async function causeAbove(spot: Spot, group: Subject['invalid'], subject: Subject): Promise<Cause> {
  const { project, email } = subject;
  const permissions = group.map(({ name }) => name);
  const role = await subject.smallestRole?.(permissions, 'organization');
  const resource = resourceOf(spot, project);
  return {
    kind: 'other-level',
    permissions,
    what: `${permissions.join(', ')} cannot be had on a project: ${permissions.length === 1 ? 'it belongs' : 'they belong'} to its organisation, and ${email} is not granted ${them(permissions)} on ${levelShown(spot)}`,
    remedy: `grant ${role ?? `a role that holds ${them(permissions)}`} there: whoever administers ${levelShown(spot)}`,
    ...(role !== undefined && { command: gcloudOf('add', { role, member: asMember(email) }, spot, project) }),
    evidence: [
      onProject(project, [...new Set(group.map(({ said }) => said))].join('; ')),
      {
        call: 'cloudresourcemanager organizations.testIamPermissions',
        resource,
        said: `valid there, and not granted: ${permissions.join(', ')}`,
      },
    ],
  };
}
