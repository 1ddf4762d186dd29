import * as z from 'zod';
import type { Caller } from './caller.ts';
import { encodedPath, policyName } from './resource-name.ts';

// Made when it is needed, as few runs do: making a schema takes longer than loading its text. A rule of a list constraint
// has one of the other three fields; proto3 leaves out what is false.
const effective = () =>
  z.object({
    spec: z.object({ rules: z.array(rule()).default([]) }).default({ rules: [] }),
  });
const rule = () =>
  z.object({
    enforce: z.boolean().default(false),
    allowAll: z.unknown().optional(),
    denyAll: z.unknown().optional(),
    values: z.unknown().optional(),
  });
type Rule = z.infer<ReturnType<typeof rule>>;

/** What organisation policies demand (Organization Policy API v2), by plain requests: its library is too large for one call. */
export class OrgPolicies {
  readonly #caller: Caller;
  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /**
   * Whether a boolean constraint is enforced on a project: by a policy of its own, one from above, or by default.
   * @param constraint such as `iam.disableServiceAccountKeyCreation`, with or without `constraints/` before it
   * @returns nothing for a constraint that is no boolean one, which Google answers in other terms
   * @throws {CloudError} `denied`: needs orgpolicy.policy.get on the project; `service-disabled`: the API is off where the
   *   caller's quota is charged; `not-found`: there is no such constraint [U]; and all else that a call throws
   * @throws {CredentialsError}
   */
  async effectivePolicy(projectId: string, constraint: string): Promise<boolean | undefined> {
    const { spec } = await this.#caller.request(
      {
        api: 'orgpolicy',
        method: 'projects.policies.getEffectivePolicy',
        repeatable: true,
        schema: effective(),
      },
      () => ({ path: `/v2/${encodedPath(policyName(projectId, constraint))}:getEffectivePolicy` }),
    );
    if (spec.rules.some(({ enforce }) => enforce)) return true;
    const isList = ({ allowAll, denyAll, values }: Rule) =>
      [allowAll, denyAll, values].some((field) => field !== undefined);
    return spec.rules.some(isList) ? undefined : false;
  }
}
