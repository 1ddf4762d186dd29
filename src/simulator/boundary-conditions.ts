import { Environment } from '@marcbachmann/cel-js';
import type { Principal } from './principals.ts';
import { describePrincipal } from './principals.ts';

const environment = new Environment().registerVariable('principal', {
  schema: { type: 'string', subject: 'string' },
});
const EXPRESSION_LIMIT = 250;

const TYPES = {
  user: 'iam.googleapis.com/WorkspaceIdentity',
  serviceAccount: 'iam.googleapis.com/ServiceAccount',
  federated: 'iam.googleapis.com/WorkloadPoolIdentity',
} as const;

/** What is wrong with the condition of a policy binding, or undefined: it may ask about the principal only (IAM v3). */
export function boundaryProblem(expression: string): string | undefined {
  if (expression.length > EXPRESSION_LIMIT) return `has more than ${EXPRESSION_LIMIT} characters`;
  const result = environment.check(expression);
  if (!result.valid) return result.error?.message.split('\n')[0] ?? 'not a valid expression';
  return result.type === 'bool' ? undefined : `gives ${String(result.type)}, not bool`;
}

/**
 * Whether a binding's condition leaves a principal out: only one that is evaluated, and false, does (IAM docs). The
 * subject of a federated identity is its whole identifier [U].
 */
export function leavesOut(expression: string, principal: Exclude<Principal, { kind: 'anonymous' }>): boolean {
  const subject = principal.kind === 'federated' ? describePrincipal(principal) : principal.email;
  try {
    return (
      environment.evaluate(expression, { principal: { type: TYPES[principal.kind], subject } }) === false
    );
  } catch {
    return false;
  }
}
