import * as z from 'zod';
import type { IamPolicies } from './iam-policies.ts';
import { Kept } from './kept.ts';
import type { OnQuotaWait } from './quota-wait.ts';
import { idOf } from './resource-name.ts';

/** A condition, as IAM writes it (google.type.Expr). */
export interface Expr {
  expression: string;
  title?: string;
}

/** One rule of a deny policy (IAM v2, `DenyRule`): principals and permissions in v2's own spelling. */
export interface DenyRule {
  deniedPrincipals: string[];
  exceptionPrincipals: string[];
  deniedPermissions: string[];
  exceptionPermissions: string[];
  denialCondition?: Expr;
  description?: string;
}

/** A deny policy (IAM v2, `Policy`). */
export interface DenyPolicy {
  /** `policies/cloudresourcemanager.googleapis.com%2Fprojects%2F764086051850/denypolicies/ID`; the number of a project, always. */
  name: string;
  id: string;
  displayName?: string;
  /** In the policy's own order. */
  rules: DenyRule[];
}

// Made when they are needed, as few runs do.
const listed = () =>
  z.object({
    policies: z.array(z.object({ name: z.string() })).default([]),
    nextPageToken: z.string().optional(),
  });
/** google.type.Expr, with what is empty left out. */
export const expr = () =>
  z
    .object({ expression: z.string().default(''), title: z.string().optional() })
    .transform(({ expression, title }): Expr => ({ expression, ...(title && { title }) }));
const denyRule = () => {
  const names = z.array(z.string()).default([]);
  return z.object({
    deniedPrincipals: names,
    exceptionPrincipals: names,
    deniedPermissions: names,
    exceptionPermissions: names,
    denialCondition: expr().optional(),
  });
};
const policy = () =>
  z
    .object({
      name: z.string(),
      displayName: z.string().optional(),
      rules: z
        .array(z.object({ denyRule: denyRule().optional(), description: z.string().optional() }))
        .default([]),
    })
    .transform(({ name, displayName, rules }): DenyPolicy => ({
      name,
      id: idOf(name),
      ...(displayName && { displayName }),
      rules: rules.map(({ denyRule: { denialCondition, ...names } = denyRule().parse({}), description }) => ({
        ...names,
        ...(denialCondition?.expression && { denialCondition }),
        ...(description && { description }),
      })),
    }));

/**
 * Deny policies (IAM v2), by Google's client. Google allows 5 reads a minute: what was read is kept for a
 * minute, or until it is told to forget.
 */
export class DenyPolicies {
  readonly #calls: IamPolicies;
  readonly #read = new Kept<DenyPolicy[]>();
  constructor(calls: IamPolicies) {
    this.#calls = calls;
  }

  /**
   * The deny policies that are attached to one resource, with their rules: one read for the list, which has no rules (IAM v2,
   * ListPolicies), and one for each policy.
   * @param resource `projects/P`, `folders/N` or `organizations/N`
   * @param onWait told before it waits for the next minute's reads
   * @throws {CloudError} `denied`: needs iam.denypolicies.list and iam.denypolicies.get on the resource; and all else that a
   *   call throws. A failure is not kept.
   * @throws {CredentialsError}
   */
  attachedTo(resource: string, onWait?: OnQuotaWait): Promise<DenyPolicy[]> {
    return this.#read.get(resource, () => this.#all(resource, onWait));
  }

  /** Forgets what was read, so that a change is seen. */
  forget(): void {
    this.#read.clear();
  }

  async #all(resource: string, onWait: OnQuotaWait | undefined): Promise<DenyPolicy[]> {
    const names: string[] = [];
    const parent = `policies/${encodeURIComponent(`cloudresourcemanager.googleapis.com/${resource}`)}/denypolicies`;
    let pageToken: string | undefined;
    do {
      const page: z.infer<ReturnType<typeof listed>> = await this.#calls.call(
        {
          version: 'v2',
          method: 'policies.listPolicies',
          schema: listed(),
          form: ({ denyPolicies }, options) =>
            denyPolicies.listPolicies({ parent, ...(pageToken && { pageToken }) }, options),
        },
        onWait,
      );
      names.push(...page.policies.map(({ name }) => name));
      pageToken = page.nextPageToken;
    } while (pageToken);
    const policies: DenyPolicy[] = [];
    for (const name of names)
      policies.push(
        await this.#calls.call(
          {
            version: 'v2',
            method: 'policies.get',
            schema: policy(),
            form: ({ denyPolicies }, options) => denyPolicies.getPolicy({ name }, options),
          },
          onWait,
        ),
      );
    return policies;
  }
}
