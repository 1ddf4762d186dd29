import { omitDefaults } from '../body.ts';
import { microTimestamp } from '../clock.ts';
import { showRule } from '../deny-principals.ts';
import type { Resource } from '../resources.ts';
import type { DenyPolicy, DenyRule, World } from '../world.ts';
import { policiesName } from './attachment.ts';

/** The etag of a deny policy: a number of many digits in base64, as the documentation's example is ([U] which one). */
export const policyEtag = (stamp: number): string => Buffer.from(String(stamp)).toString('base64');

/** A rule as the API shows it. */
export function showDenyRule(world: World, stored: DenyRule): object {
  const { description, ...rule } = showRule(world, stored);
  return omitDefaults({ description, denyRule: omitDefaults(rule) });
}

/** A policy as the API shows it, whole. */
export function showDenyPolicy(world: World, resource: Resource, policy: DenyPolicy): object {
  const rules = policy.rules.map((rule) => showDenyRule(world, rule));
  return { ...showMetadata(resource, policy), rules };
}

/** A policy as lists show it: without its rules (discovery document). */
export function showMetadata(resource: Resource, policy: DenyPolicy): object {
  const { id, uid, displayName, annotations, created, stamp } = policy;
  return omitDefaults({
    name: `${policiesName(resource)}/${id}`,
    uid,
    kind: 'DenyPolicy',
    displayName,
    annotations,
    etag: policyEtag(stamp),
    createTime: microTimestamp(created),
    updateTime: microTimestamp(stamp),
  });
}
