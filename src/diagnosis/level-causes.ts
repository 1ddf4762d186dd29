import { notInProjectRole } from '../profile/known-facts.ts';
import type { Cause } from './cause.ts';
import type { Subject } from './subject.ts';

/** Permissions that Google takes for none of a project: they belong to another level, or to nothing. */
export function levelCauses({ invalid, project }: Subject): Cause[] {
  return invalid.map(({ name, said }) => {
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
      evidence: [
        {
          call: 'cloudresourcemanager projects.testIamPermissions',
          resource: `projects/${project}`,
          said,
        },
      ],
    };
  });
}
