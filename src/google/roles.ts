import * as z from 'zod';
import { absentOn404 } from './absent.ts';
import type { Caller } from './caller.ts';

/** A role (IAM API v1, `Role`). */
export interface Role {
  /** `projects/P/roles/R`, `organizations/O/roles/R` or `roles/R`. */
  name: string;
  title: string;
  description: string;
  includedPermissions: string[];
  /** Launch stage. */
  stage: string;
  /** Present on custom roles. */
  etag?: string;
  /** Soft-deleted: bindings to it are without effect; it can be undeleted for 7 days. */
  deleted: boolean;
}

/** What of a custom role can be written. */
export type RoleContent = Partial<Pick<Role, 'title' | 'description' | 'includedPermissions' | 'stage'>>;

/** Whether a permission may be put into a custom role. */
export interface TestablePermission {
  customRole: 'SUPPORTED' | 'TESTING' | 'NOT_SUPPORTED';
  stage: string;
}

/** Largest page of queryTestablePermissions (IAM API v1). */
const PERMISSIONS_A_PAGE = 1000;

/** Largest page of roles.list (IAM API v1). */
const ROLES_A_PAGE = 1000;

// Proto3 JSON leaves out defaults: ALPHA is a stage's, SUPPORTED is customRolesSupportLevel's.
const role = z.object({
  name: z.string(),
  title: z.string().default(''),
  description: z.string().default(''),
  includedPermissions: z.array(z.string()).default([]),
  stage: z.string().default('ALPHA'),
  etag: z.string().optional(),
  deleted: z.boolean().default(false),
});
const rolesPage = z.object({ roles: z.array(role).default([]), nextPageToken: z.string().optional() });
const testablePage = z.object({
  permissions: z
    .array(
      z.object({
        name: z.string(),
        customRolesSupportLevel: z.enum(['SUPPORTED', 'TESTING', 'NOT_SUPPORTED']).default('SUPPORTED'),
        stage: z.string().default('ALPHA'),
      }),
    )
    .default([]),
  nextPageToken: z.string().optional(),
});

/** Custom and predefined roles (IAM API v1). Every method throws CloudError and CredentialsError. */
export class Roles {
  readonly #caller: Caller;
  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /** A role by its full name; soft-deleted ones come with `deleted`, none comes from 404. */
  get(name: string): Promise<Role | undefined> {
    return absentOn404(
      this.#caller.call(
        { api: 'iam', method: 'roles.get', repeatable: true, schema: role },
        (options, { iam }) => iam.projects.roles.get({ name }, options),
      ),
    );
  }

  /** Google's predefined roles, each with its permissions. Needs no permission. */
  async predefined(): Promise<Role[]> {
    const all: Role[] = [];
    let pageToken: string | undefined;
    do {
      const params = { view: 'FULL', pageSize: ROLES_A_PAGE, ...(pageToken ? { pageToken } : {}) };
      const found: z.infer<typeof rolesPage> = await this.#caller.call(
        { api: 'iam', method: 'roles.list', repeatable: true, schema: rolesPage },
        (options, { iam }) => iam.roles.list(params, options),
      );
      all.push(...found.roles);
      pageToken = found.nextPageToken;
    } while (pageToken);
    return all;
  }

  /** Makes a custom role. @param parent `projects/P`. Kind `exists` for a live one, `precondition` for a soft-deleted one. */
  create(parent: string, roleId: string, content: RoleContent): Promise<Role> {
    return this.#caller.call(
      { api: 'iam', method: 'projects.roles.create', repeatable: false, schema: role },
      (options, { iam }) =>
        iam.projects.roles.create({ parent, requestBody: { roleId, role: content } }, options),
    );
  }

  /** Writes the named fields of a custom role. @param etag refuses (kind `conflict`) when it was written since */
  patch(name: string, content: RoleContent, fields: (keyof RoleContent)[], etag?: string): Promise<Role> {
    return this.#caller.call(
      { api: 'iam', method: 'projects.roles.patch', repeatable: false, schema: role },
      (options, { iam }) =>
        iam.projects.roles.patch(
          { name, updateMask: fields.join(','), requestBody: { ...content, ...(etag ? { etag } : {}) } },
          options,
        ),
    );
  }

  /** Brings back a soft-deleted role, within 7 days of its deletion. */
  undelete(name: string, etag?: string): Promise<Role> {
    return this.#caller.call(
      { api: 'iam', method: 'projects.roles.undelete', repeatable: false, schema: role },
      (options, { iam }) => iam.projects.roles.undelete({ name, requestBody: etag ? { etag } : {} }, options),
    );
  }

  /**
   * Deletes a custom role: bindings to it are without effect, and it can be undeleted for 7 days.
   * @param etag refuses (kind `conflict`) when it was written since
   * @returns the role as it is now; nothing when there is none
   */
  delete(name: string, etag?: string): Promise<Role | undefined> {
    return absentOn404(
      this.#caller.call(
        { api: 'iam', method: 'projects.roles.delete', repeatable: false, schema: role },
        (options, { iam }) => iam.projects.roles.delete({ name, ...(etag ? { etag } : {}) }, options),
      ),
    );
  }

  /** Every permission that can be tested on the project, and whether a custom role may hold it. */
  async testable(projectId: string): Promise<Map<string, TestablePermission>> {
    const all = new Map<string, TestablePermission>();
    let pageToken: string | undefined;
    do {
      const requestBody = {
        fullResourceName: `//cloudresourcemanager.googleapis.com/projects/${projectId}`,
        pageSize: PERMISSIONS_A_PAGE,
        ...(pageToken ? { pageToken } : {}),
      };
      const found: z.infer<typeof testablePage> = await this.#caller.call(
        {
          api: 'iam',
          method: 'permissions.queryTestablePermissions',
          repeatable: true,
          schema: testablePage,
        },
        (options, { iam }) => iam.permissions.queryTestablePermissions({ requestBody }, options),
      );
      for (const { name, customRolesSupportLevel, stage } of found.permissions)
        all.set(name, { customRole: customRolesSupportLevel, stage });
      pageToken = found.nextPageToken;
    } while (pageToken);
    return all;
  }
}
