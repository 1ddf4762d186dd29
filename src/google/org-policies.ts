import * as z from 'zod';
import type { Caller } from './caller.ts';
import { absentOn404 } from './absent.ts';
import { encodedPath, policyName, projectName } from './resource-name.ts';

// Made when it is needed, as few runs do: making a schema takes longer than loading its text. A rule of a list constraint
// has one of the other three fields; proto3 leaves out what is false.
const effective = () =>
  z.object({
    spec: z.object({ rules: z.array(rule()).default([]), reset: z.boolean().default(false) }).optional(),
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
      () => ({
        path: `/v2/${encodedPath(policyName(projectName(projectId), constraint))}:getEffectivePolicy`,
      }),
    );
    const rules = spec?.rules ?? [];
    if (rules.some(({ enforce }) => enforce)) return true;
    const isList = ({ allowAll, denyAll, values }: Rule) =>
      [allowAll, denyAll, values].some((field) => field !== undefined);
    return rules.some(isList) ? undefined : false;
  }

  /**
   * What the policy says of a boolean constraint that is set on this very resource; nothing where none is.
   * @param resource `projects/P`, `folders/N` or `organizations/N`
   * @returns `reset`: Google's default holds from here on, whatever is set above
   * @throws {CloudError} `denied`: needs orgpolicy.policy.get on the resource; and as `effectivePolicy` does
   * @throws {CredentialsError}
   */
  async setOn(
    resource: string,
    constraint: string,
  ): Promise<'enforced' | 'not-enforced' | 'reset' | undefined> {
    const kind = resource.split('/')[0] ?? '';
    const call = { api: 'orgpolicy', method: `${kind}.policies.get`, repeatable: true, schema: effective() };
    const found = await absentOn404(
      this.#caller.request(call, () => ({ path: `/v2/${encodedPath(policyName(resource, constraint))}` })),
    );
    // Without a spec it is a dry run, which decides nothing.
    if (found?.spec === undefined) return undefined;
    if (found.spec.reset) return 'reset';
    return found.spec.rules.some(({ enforce }) => enforce) ? 'enforced' : 'not-enforced';
  }
}
