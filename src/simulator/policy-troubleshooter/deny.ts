import { accessTo } from '../authorise.ts';
import type { Call } from '../call.ts';
import { view } from '../call.ts';
import { showRule } from '../deny-principals.ts';
import { showDenyPolicy } from '../deny-policies/show.ts';
import { matches } from '../deny.ts';
import type { Resource } from '../resources.ts';
import type { DenyPolicy, DenyRule } from '../world.ts';
import { fullName, levelsOf } from './allow.ts';
import { conditionState, explainedCondition } from './condition.ts';
import type { State } from './states.ts';
import { membership, relevance, stateWord, together } from './states.ts';
import type { Subject } from './subject.ts';

interface Explained {
  readonly state: State;
  readonly shown: object;
}

const permissionMatch = (matched: boolean) => ({
  permissionMatchingState: matched ? 'PERMISSION_PATTERN_MATCHED' : 'PERMISSION_PATTERN_NOT_MATCHED',
  relevance: relevance(matched),
});

/** Which of the names match, one by one and all together; `shown` are the same names as they are shown. */
function each<T>(
  stored: readonly string[],
  shown: readonly string[],
  matched: (name: string) => boolean,
  explain: (is: boolean) => T,
): { any: boolean; all: Record<string, T> | undefined; combined: T | undefined } {
  const any = stored.some(matched);
  const all = stored.map((name, at) => [shown[at] ?? name, explain(matched(name))] as const);
  if (all.length === 0) return { any, all: undefined, combined: undefined };
  return { any, all: Object.fromEntries(all), combined: explain(any) };
}

function explainRule(call: Call, subject: Subject, rule: DenyRule): Explained {
  const { denyNames } = subject.as.access;
  const seen = showRule(call.world, rule);
  const is = (name: string) => denyNames.has(name);
  const names = (pattern: string) => matches([pattern], subject.permissionFqdn);
  const principals = each(rule.deniedPrincipals, seen.deniedPrincipals, is, membership);
  const spared = each(rule.exceptionPrincipals, seen.exceptionPrincipals, is, membership);
  const permissions = each(rule.deniedPermissions, rule.deniedPermissions, names, permissionMatch);
  const kept = each(rule.exceptionPermissions, rule.exceptionPermissions, names, permissionMatch);
  const condition = conditionState(call, subject, rule.denialCondition);
  const concerned = principals.any && !spared.any && permissions.any && !kept.any;
  const state = concerned ? condition : 'no';
  return {
    state,
    shown: {
      denyAccessState: stateWord('deny', state),
      deniedPermissions: permissions.all,
      combinedDeniedPermission: permissions.combined,
      exceptionPermissions: kept.all,
      combinedExceptionPermission: kept.combined,
      deniedPrincipals: principals.all,
      combinedDeniedPrincipal: principals.combined,
      exceptionPrincipals: spared.all,
      combinedExceptionPrincipal: spared.combined,
      relevance: relevance(state !== 'no'),
      ...explainedCondition(rule.denialCondition, condition),
    },
  };
}

function explainPolicy(call: Call, subject: Subject, level: Resource, policy: DenyPolicy): Explained {
  const rules = policy.rules.map((rule) => explainRule(call, subject, rule));
  const state = together(rules.map((rule) => rule.state));
  return {
    state,
    shown: {
      denyAccessState: stateWord('deny', state),
      policy: showDenyPolicy(call.world, level, policy),
      ruleExplanations: rules.map((rule) => rule.shown),
      relevance: relevance(state !== 'no'),
    },
  };
}

/**
 * How the deny policies of the resource and of all above it decide. Of a level on which the caller lacks
 * `iam.denypolicies.get` nothing is told ([U] that it is this permission, and that the level is listed).
 */
export function explainDeny(call: Call, subject: Subject): Explained {
  const levels = levelsOf(call, subject.resource).filter(({ level }) => level !== 'resource');
  const explained = levels.flatMap((level): Explained[] => {
    if (!accessTo(call, level).holds('iam.denypolicies.get'))
      return [{ state: 'hidden', shown: { denyAccessState: stateWord('deny', 'hidden') } }];
    const policies = view(call, call.world.denyPolicies, level.name, 'policy') ?? [];
    if (policies.length === 0) return [];
    const found = policies.map((policy) => explainPolicy(call, subject, level, policy));
    const state = together(found.map((policy) => policy.state));
    const shown = {
      denyAccessState: stateWord('deny', state),
      fullResourceName: fullName(level),
      explainedPolicies: found.map((policy) => policy.shown),
      relevance: relevance(state !== 'no'),
    };
    return [{ state, shown }];
  });
  const state = together(explained.map((level) => level.state));
  return {
    state,
    shown: {
      denyAccessState: stateWord('deny', state),
      explainedResources: explained.length ? explained.map((level) => level.shown) : undefined,
      // Every permission that is known here can be denied.
      permissionDeniable: true,
      relevance: relevance(state !== 'no'),
    },
  };
}
