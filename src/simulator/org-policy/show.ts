import { microTimestamp } from '../clock.ts';
import type { Resource } from '../resources.ts';
import type { OrgPolicy, OrgPolicySpec } from '../world.ts';
import { shownName } from './resources.ts';

function varint(value: number): number[] {
  const bytes = [];
  for (; value > 0x7f; value = Math.floor(value / 128)) bytes.push((value % 128) | 0x80);
  return [...bytes, value];
}

/** The etag of an organisation policy: the time of the last write as a protobuf Timestamp, in base64 ([U] from its look). */
export function orgPolicyEtag(stamp: number): string {
  const nanoseconds = (stamp % 1_000_000) * 1000;
  return Buffer.from([8, ...varint(Math.floor(stamp / 1_000_000)), 16, ...varint(nanoseconds)]).toString(
    'base64',
  );
}

const showSpec = (spec: OrgPolicySpec): object => ({
  etag: orgPolicyEtag(spec.stamp),
  updateTime: microTimestamp(spec.stamp),
  // `enforce: false` is shown, being one of several kinds of rule (recorded).
  rules: spec.rules.length ? spec.rules : undefined,
  reset: spec.reset || undefined,
});

/** A policy as the API shows it. */
export function showOrgPolicy(
  resource: Resource,
  { constraint, spec, dryRunSpec, stamp }: OrgPolicy,
): object {
  return {
    name: `${shownName(resource)}/policies/${constraint}`,
    spec: spec && showSpec(spec),
    dryRunSpec: dryRunSpec && showSpec(dryRunSpec),
    etag: orgPolicyEtag(stamp),
  };
}
