import type { Troubleshooting } from '../google/troubleshooter.ts';
import { levelsInWords, listed } from './blocked.ts';
import type { Cause, Evidence } from './cause.ts';
import { deniablePrincipal } from './deny-principal.ts';
import { taken, type Maybe } from './deny-told.ts';

/** A permission, and what the Policy Troubleshooter said of it. */
type Denied = readonly (readonly [string, Troubleshooting])[];

/** A rule that may take permissions, and does, says Google's Policy Troubleshooter, which knows what is not known here. */
export function confirmedBy(denied: Denied, { place, reading }: Maybe, email: string): Cause[] {
  const byIt = denied.filter(
    ([permission, { deny }]) =>
      reading.mayTake.has(permission) &&
      deny.policies.some(({ name, rules }) => name === place.policy.name && rules.includes(place.number)),
  );
  const takes = new Map(byIt.map(([permission]) => [permission, reading.mayTake.get(permission) ?? '']));
  if (takes.size === 0) return [];
  const cause = taken(place, { ...reading, takes }, email);
  return [{ ...cause, evidence: [...cause.evidence, evidenceOf(byIt, email)] }];
}

/** Permissions that Google's Policy Troubleshooter says are denied, by policies that may not be read here. */
export function takenSomewhere(denied: Denied, email: string): Cause[] {
  const alike = Map.groupBy(denied, ([, { deny }]) =>
    [...deny.resources, ...deny.policies.map(({ name }) => name)].join(' '),
  );
  return [...alike.values()].flatMap((group): Cause[] => {
    const deny = group[0]?.[1].deny;
    if (!deny) return [];
    const permissions = group.map(([permission]) => permission);
    const where = levelsInWords(deny.resources) || 'the project, or on what it lies in,';
    const policies = listed(deny.policies.map(({ name }) => name.slice(name.lastIndexOf('/') + 1)));
    return [
      {
        kind: 'denied',
        permissions,
        what: `${policies ? `the deny policy ${policies}` : 'a deny policy'} on ${where} takes ${listed(permissions)} from ${email}; Google's Policy Troubleshooter says so, and you may not read the policy itself`,
        remedy: `whoever holds roles/iam.denyAdmin there can add ${deniablePrincipal(email)} to the exceptionPrincipals of its rule`,
        evidence: [evidenceOf(group, email)],
      },
    ];
  });
}

function evidenceOf(denied: Denied, email: string): Evidence {
  const resources = [...new Set(denied.flatMap(([, { deny }]) => deny.resources))];
  return {
    call: 'policytroubleshooter iam.troubleshoot',
    resource: `${listed(denied.map(([permission]) => permission))} for ${email}`,
    said: `DENY_ACCESS_STATE_DENIED${resources.length > 0 ? ` on ${listed(resources)}` : ''}`,
  };
}
