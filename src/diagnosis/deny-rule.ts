import type { DenyRule } from '../google/deny-policies.ts';
import { truthOf } from './condition-truth.ts';
import { coversPermission } from './deny-permission.ts';
import { coversAccount, type DeniedAccount } from './deny-principal.ts';
import { all, any, not, NO, YES, type Match } from './match.ts';

/** What one rule of a deny policy means for an account. */
export interface RuleReading {
  /** The denied principal that is the account, or holds it. */
  principal?: string;
  /** The permissions that it takes, each with the pattern that names it. */
  takes: ReadonlyMap<string, string>;
  /** Those that it may take: what that depends on is not known. */
  mayTake: ReadonlyMap<string, string>;
  /** Why it is not known. */
  why?: string;
}

/**
 * Reads one rule: it takes a permission that it denies and does not except, from a principal that it denies and does not
 * except, while its condition holds (IAM v2, `DenyRule`).
 */
export function readRule(
  rule: DenyRule,
  account: DeniedAccount,
  permissions: readonly string[],
): RuleReading {
  const denied = any(rule.deniedPrincipals, (name) => coversAccount(name, account));
  const excepted = any(rule.exceptionPrincipals, (name) => coversAccount(name, account));
  const { denialCondition } = rule;
  const conditionHolds = denialCondition ? truthOf(denialCondition.expression, {}) : YES;
  const applies: Match = all(denied.match, not(excepted.match), conditionHolds);
  const covered = new Map(
    permissions.flatMap((permission) => {
      const covers = (pattern: string) => coversPermission(pattern, permission);
      const pattern = rule.deniedPermissions.find(covers);
      return pattern === undefined || rule.exceptionPermissions.some(covers) ? [] : [[permission, pattern]];
    }),
  );
  const none: ReadonlyMap<string, string> = new Map();
  return {
    ...(denied.of !== undefined && applies !== NO && { principal: denied.of }),
    takes: applies.is === 'yes' ? covered : none,
    mayTake: applies.is === 'maybe' ? covered : none,
    ...(applies.is === 'maybe' && { why: applies.why }),
  };
}
