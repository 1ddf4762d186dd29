import * as z from 'zod';
import type { Caller } from './caller.ts';
import { Kept } from './kept.ts';

/** Whether deny policies take a permission, as far as the caller may see them. */
export type DenyState = 'denied' | 'not-denied' | 'depends' | 'unknown';

/** What the Policy Troubleshooter says of deny policies. */
export interface DenyExplanation {
  state: DenyState;
  /** The policies that deny it, of those that the caller may see, each with the numbers of its rules that do, from 1. */
  policies: { name: string; displayName?: string; rules: number[] }[];
  /** The resources whose policies deny it: `organizations/N`, … */
  resources: string[];
}

/** What the Policy Troubleshooter says of one principal, permission and resource. */
export interface Troubleshooting {
  /** CAN_ACCESS, CANNOT_ACCESS, UNKNOWN_INFO or UNKNOWN_CONDITIONAL. */
  access: string;
  deny: DenyExplanation;
}

const STATES: Partial<Record<string, DenyState>> = {
  DENY_ACCESS_STATE_DENIED: 'denied',
  DENY_ACCESS_STATE_NOT_DENIED: 'not-denied',
  DENY_ACCESS_STATE_UNKNOWN_CONDITIONAL: 'depends',
};

// Made when it is needed, as few runs do.
const answer = () => {
  const state = z
    .string()
    .default('')
    .transform((name): DenyState => STATES[name] ?? 'unknown');
  const policy = z.object({ name: z.string(), displayName: z.string().optional() });
  const explained = z.object({
    denyAccessState: state,
    explainedResources: z
      .array(
        z.object({
          denyAccessState: state,
          fullResourceName: z.string().default(''),
          explainedPolicies: z
            .array(
              z.object({
                denyAccessState: state,
                policy: policy.optional(),
                ruleExplanations: z.array(z.object({ denyAccessState: state })).default([]),
              }),
            )
            .default([]),
        }),
      )
      .default([]),
  });
  return z
    .object({
      overallAccessState: z.string().default('OVERALL_ACCESS_STATE_UNSPECIFIED'),
      denyPolicyExplanation: explained.optional(),
    })
    .transform(({ overallAccessState, denyPolicyExplanation }): Troubleshooting => {
      const deniers = (denyPolicyExplanation?.explainedResources ?? []).filter(
        ({ denyAccessState }) => denyAccessState === 'denied',
      );
      return {
        access: overallAccessState,
        deny: {
          state: denyPolicyExplanation?.denyAccessState ?? 'unknown',
          policies: deniers
            .flatMap(({ explainedPolicies }) => explainedPolicies)
            .flatMap(({ denyAccessState, policy: found, ruleExplanations }) => {
              if (denyAccessState !== 'denied' || !found) return [];
              const { name, displayName } = found;
              // In the order of the policy's own rules (DenyRuleExplanation).
              const rules = ruleExplanations.flatMap((rule, at) =>
                rule.denyAccessState === 'denied' ? [at + 1] : [],
              );
              return [{ name, ...(displayName && { displayName }), rules }];
            }),
          resources: deniers.flatMap(({ fullResourceName }) =>
            fullResourceName ? [fullResourceName.replace(/^\/\/[^/]+\//, '')] : [],
          ),
        },
      };
    });
};

/**
 * Google's own reading of policies (Policy Troubleshooter API v3), by plain requests, since
 * its library is too large for one call. Each question is put once a minute, or until it is told to forget.
 */
export class Troubleshooter {
  readonly #caller: Caller;
  readonly #answers = new Kept<Troubleshooting>();
  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /**
   * Whether a principal has a permission on a project, and whether deny policies take it.
   * @param principal an e-mail address
   * @param permission such as `run.services.create`
   * @throws {CloudError} `service-disabled`: the API is off where the caller's quota is charged; `denied`; and all else that a
   *   call throws
   * @throws {CredentialsError}
   */
  troubleshoot(principal: string, permission: string, projectId: string): Promise<Troubleshooting> {
    const fullResourceName = `//cloudresourcemanager.googleapis.com/projects/${projectId}`;
    const accessTuple = { principal, permission, fullResourceName };
    return this.#answers.get(JSON.stringify(accessTuple), () =>
      this.#caller.request(
        { api: 'policytroubleshooter', method: 'iam.troubleshoot', repeatable: true, schema: answer() },
        () => ({ method: 'POST', path: '/v3/iam:troubleshoot', json: { accessTuple } }),
      ),
    );
  }

  /** Forgets what was answered, so that a change is seen. */
  forget(): void {
    this.#answers.clear();
  }
}
