import * as z from 'zod';
import { expr, type Expr } from './deny-policies.ts';
import type { IamPolicies } from './iam-policies.ts';
import { Kept } from './kept.ts';
import type { OnQuotaWait } from './quota-wait.ts';

/** What binds a policy to a set of principals (IAM v3, `PolicyBinding`). */
export interface PolicyBinding {
  /** `projects/P/locations/global/policyBindings/ID`, or of a folder or an organisation. */
  name: string;
  displayName?: string;
  /** `organizations/N/locations/global/principalAccessBoundaryPolicies/ID`. */
  policy: string;
  /** A full resource name, such as `//cloudresourcemanager.googleapis.com/projects/764086051850`. */
  principalSet: string;
  /** Which of the set's principals it binds: by principal.type and principal.subject alone. */
  condition?: Expr;
}

/** What principals may reach at most (IAM v3, `PrincipalAccessBoundaryPolicy`). */
export interface BoundaryPolicy {
  name: string;
  displayName?: string;
  /** Full resource names; what lies in one is reached as well. */
  rules: { description?: string; resources: string[] }[];
  /** Which permissions it can block at all: `1`, `2`, …, `latest`. */
  enforcementVersion?: string;
}

// Made when they are needed, as few runs do.
const found = () =>
  z.object({
    policyBindings: z
      .array(
        z
          .object({
            name: z.string(),
            displayName: z.string().optional(),
            policy: z.string(),
            target: z.object({ principalSet: z.string().default('') }).default({ principalSet: '' }),
            condition: expr().optional(),
          })
          .transform(({ name, displayName, policy, target, condition }): PolicyBinding => ({
            ...{ name, policy, principalSet: target.principalSet },
            ...(displayName && { displayName }),
            ...(condition?.expression && { condition }),
          })),
      )
      .default([]),
    nextPageToken: z.string().optional(),
  });
const boundary = () =>
  z
    .object({
      name: z.string(),
      displayName: z.string().optional(),
      details: z
        .object({
          rules: z
            .array(
              z.object({ description: z.string().optional(), resources: z.array(z.string()).default([]) }),
            )
            .default([]),
          enforcementVersion: z.string().optional(),
        })
        .optional(),
    })
    .transform(({ name, displayName, details }): BoundaryPolicy => ({
      name,
      ...(displayName && { displayName }),
      rules: (details?.rules ?? []).map(({ description, resources }) => ({
        resources,
        ...(description && { description }),
      })),
      ...(details?.enforcementVersion && { enforcementVersion: details.enforcementVersion }),
    }));

/**
 * Principal access boundaries (IAM v3), by Google's client. Google allows 5 reads a minute: what was read is kept
 * for a minute, or until it is told to forget.
 */
export class AccessBoundaries {
  readonly #calls: IamPolicies;
  readonly #bindings = new Kept<PolicyBinding[]>();
  readonly #policies = new Kept<BoundaryPolicy>();
  constructor(calls: IamPolicies) {
    this.#calls = calls;
  }

  /**
   * The bindings whose target is the set of all principals of one resource: those of its own, not of what is above.
   * @param resource `projects/NUMBER` (the ID is no target), `folders/N` or `organizations/N`
   * @param onWait told before it waits for the next minute's reads
   * @throws {CloudError} `denied`: needs resourcemanager.projects.searchPolicyBindings (or folders, organizations) on the resource;
   *   and all else that a call throws. A failure is not kept.
   * @throws {CredentialsError}
   */
  boundTo(resource: string, onWait?: OnQuotaWait): Promise<PolicyBinding[]> {
    return this.#bindings.get(resource, () => this.#search(resource, onWait));
  }

  /** A policy by name. @throws {CloudError | CredentialsError} `denied`: needs iam.principalaccessboundarypolicies.get */
  get(name: string, onWait?: OnQuotaWait): Promise<BoundaryPolicy> {
    return this.#policies.get(name, () =>
      this.#calls.call(
        {
          version: 'v3',
          method: 'principalAccessBoundaryPolicies.get',
          schema: boundary(),
          form: ({ boundaries }, options) => boundaries.getPrincipalAccessBoundaryPolicy({ name }, options),
        },
        onWait,
      ),
    );
  }

  /** Forgets what was read, so that a change is seen. */
  forget(): void {
    this.#bindings.clear();
    this.#policies.clear();
  }

  async #search(resource: string, onWait: OnQuotaWait | undefined): Promise<PolicyBinding[]> {
    const all: PolicyBinding[] = [];
    const request = {
      parent: `${resource}/locations/global`,
      target: `//cloudresourcemanager.googleapis.com/${resource}`,
      pageSize: 1000,
    };
    let pageToken: string | undefined;
    do {
      const page: z.infer<ReturnType<typeof found>> = await this.#calls.call(
        {
          version: 'v3',
          method: `${resource.split('/')[0] ?? ''}.policyBindings.searchTargetPolicyBindings`,
          schema: found(),
          form: ({ bindings }, options) =>
            bindings.searchTargetPolicyBindings({ ...request, ...(pageToken && { pageToken }) }, options),
        },
        onWait,
      );
      all.push(...page.policyBindings);
      pageToken = page.nextPageToken;
    } while (pageToken);
    return all;
  }
}
