import { permissionsOfRole } from './asked-on.ts';
import { isBasicRole } from './basic-roles.ts';
import { levels, notInProjectRole, roleFacts } from './known-facts.ts';
import { levelOf, placeOf, type Place } from './place.ts';
import type { Profile, WantedGrant } from './profile.ts';
import type { Refusal } from './refusals.ts';
import type { RuleId } from './rules.ts';

/** What Google would refuse of the levels at which roles are granted, as far as catalog/ knows it, each with the reason. */
export function levelRefusals(profile: Profile): Refusal[] {
  const { grants, permissions } = profile;
  const ofRole = new Set(permissionsOfRole(profile));
  return [
    ...grants.flatMap((grant, at) => {
      const found = wrongWith(grant);
      return found === undefined ? [] : [{ rule: found.rule, path: ['grants', at, found.field] }];
    }),
    ...permissions.flatMap((permission, at) => {
      if (!ofRole.has(permission)) return [];
      const why = notInProjectRole(permission.name);
      return why === undefined
        ? []
        : [{ rule: 'notInRole' as const, path: ['permissions', at, 'name'], why }];
    }),
  ];
}

function wrongWith(grant: WantedGrant): { rule: RuleId; field: keyof WantedGrant } | undefined {
  const { role, on, condition } = grant;
  const place = placeOf(on);
  if (place === undefined) return undefined;
  const level = levelOf(place);
  if (role === 'custom') return level === 'organization' ? { rule: 'customAbove', field: 'on' } : undefined;
  if (isBasicRole(role)) {
    if (level !== 'project') return { rule: 'basicRole', field: 'on' };
    return condition === undefined ? undefined : { rule: 'basicCondition', field: 'condition' };
  }
  const facts = roleFacts(role);
  if (facts !== undefined) {
    if (depth(level) > depth(facts.lowest))
      return { rule: facts.lowest === 'project' ? 'belowProject' : 'belowOrganization', field: 'on' };
    if (depth(level) < depth(facts.highest)) return { rule: 'aboveResource', field: 'on' };
  }
  return saysNothingOf(place, role) ? { rule: 'otherResource', field: 'role' } : undefined;
}

function depth(level: (typeof levels)[number]): number {
  return levels.indexOf(level);
}

const services: Partial<Record<Place['kind'], string>> = {
  account: 'iam',
  bucket: 'storage',
  'run-service': 'run',
};

/** A role is granted on a single resource of its own service only. */
function saysNothingOf({ kind }: Place, role: string): boolean {
  const service = services[kind];
  return service !== undefined && role.startsWith('roles/') && !role.startsWith(`roles/${service}.`);
}
