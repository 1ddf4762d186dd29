import { omitDefaults } from '../body.ts';
import { microTimestamp } from '../clock.ts';
import type { AccessBoundary, PolicyBinding } from '../world.ts';
import { weakEtag } from './service.ts';

const times = ({ created, stamp }: { readonly created: number; readonly stamp: number }) => ({
  createTime: microTimestamp(created),
  updateTime: microTimestamp(stamp),
});

/** A principal access boundary policy as the API shows it. */
export function showBoundary(policy: AccessBoundary): object {
  const { name, uid, displayName, annotations, stamp, rules, enforcementVersion } = policy;
  return omitDefaults({
    name,
    uid,
    etag: weakEtag(stamp),
    displayName,
    annotations,
    ...times(policy),
    details: {
      rules: rules.map(({ description, resources }) =>
        omitDefaults({ description, resources, effect: 'ALLOW' }),
      ),
      enforcementVersion,
    },
  });
}

/** A policy binding as the API shows it. */
export function showBinding(binding: PolicyBinding): object {
  const { name, uid, displayName, annotations, stamp, target, policy, policyUid, condition } = binding;
  return omitDefaults({
    name,
    uid,
    etag: weakEtag(stamp),
    displayName,
    annotations,
    target: { principalSet: target },
    policyKind: 'PRINCIPAL_ACCESS_BOUNDARY',
    policy,
    policyUid,
    condition,
    ...times(binding),
  });
}
