import * as z from 'zod';
import type { Caller } from './caller.ts';
import { absentOn404 } from './absent.ts';
import { CloudError } from './errors.ts';
import { finishOperation, operation, type OperationApi } from './operations.ts';
import { policySchema, type Policy } from './policy.ts';
import { printable } from './printable.ts';
import { encodedPath, projectName } from './resource-name.ts';
import { grantedPermissions, testPermissions } from './test-permissions.ts';

/** A project (Resource Manager API v3, `Project`). */
export interface Project {
  projectId: string;
  /** The project number, as digits. */
  number: string;
  /** The display name; the project ID where it has none. */
  name: string;
  /** ACTIVE or DELETE_REQUESTED. */
  state: string;
  /** `organizations/N` or `folders/N`. */
  parent?: string;
}

const PROJECTS_A_PAGE = 500;

const project = z
  .object({
    name: z.string().regex(/^projects\/\d+$/),
    projectId: z.string(),
    displayName: z.string().optional(),
    state: z.string().default('STATE_UNSPECIFIED'),
    parent: z.string().optional(),
  })
  .transform(({ name, projectId, displayName, state, parent }): Project => ({
    projectId,
    number: name.slice('projects/'.length),
    name: displayName ?? projectId,
    state,
    ...(parent ? { parent } : {}),
  }));
const page = z.object({ projects: z.array(project).default([]), nextPageToken: z.string().optional() });
// Made when it is needed, as few runs do.
const ancestry = () =>
  z.object({
    ancestor: z
      .array(
        z.object({
          resourceId: z.object({ type: z.enum(['project', 'folder', 'organization']), id: z.string() }),
        }),
      )
      .default([]),
  });
const operations: OperationApi = {
  api: 'cloudresourcemanager',
  get:
    (name) =>
    (options, { resourceManager }) =>
      resourceManager.operations.get({ name }, options),
};

/** A project that is to be. */
export interface NewProject {
  /** 6 to 30 lower-case letters, digits or hyphens; unique in all of Google Cloud, for good. */
  projectId: string;
  /** The display name: 4 to 30 letters, digits, hyphens, quotes, spaces or exclamation marks. */
  name: string;
  /** `organizations/N` or `folders/N`; absent: the organisation of the caller, or none where they have none. */
  parent?: string;
}

/** Projects and their allow policies (Resource Manager API v3). Every method throws CloudError and CredentialsError. */
export class Projects {
  readonly #caller: Caller;
  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /** A project by ID. Google answers 403 both for one that is absent and for one that is forbidden: kind `denied`. */
  get(projectId: string): Promise<Project | undefined> {
    return absentOn404(
      this.#caller.call(
        { api: 'cloudresourcemanager', method: 'projects.get', repeatable: true, schema: project },
        (options, { resourceManager }) =>
          resourceManager.projects.get({ name: projectName(projectId) }, options),
      ),
    );
  }

  /**
   * What a project lies in, itself first: `projects/P`, then `folders/N`, and `organizations/N` last (Resource Manager API v1:
   * the later version tells one parent at a time).
   */
  async ancestry(projectId: string): Promise<string[]> {
    const call = { api: 'cloudresourcemanager', method: 'projects.getAncestry', repeatable: true };
    const { ancestor } = await this.#caller.request({ ...call, schema: ancestry() }, () => ({
      ...{ method: 'POST' as const, json: {} },
      path: `/v1/${encodedPath(projectName(projectId))}:getAncestry`,
    }));
    return ancestor.map(({ resourceId: { type, id } }) => `${type}s/${id}`);
  }

  /** The number of the organisation that it is in, however deep in folders; none: it is in none. */
  async organizationOf(projectId: string): Promise<string | undefined> {
    const ancestors = await this.ancestry(projectId);
    return ancestors.find((name) => name.startsWith('organizations/'))?.slice('organizations/'.length);
  }

  /** The projects the caller may see, page by page. @param query in Resource Manager's search syntax */
  async *search(query?: string): AsyncIterable<Project> {
    let pageToken: string | undefined;
    do {
      const params = {
        pageSize: PROJECTS_A_PAGE,
        ...(query ? { query } : {}),
        ...(pageToken ? { pageToken } : {}),
      };
      const found: z.infer<typeof page> = await this.#caller.call(
        { api: 'cloudresourcemanager', method: 'projects.search', repeatable: true, schema: page },
        (options, { resourceManager }) => resourceManager.projects.search(params, options),
      );
      yield* found.projects;
      pageToken = found.nextPageToken;
    } while (pageToken);
  }

  /**
   * Makes a project, which the caller then owns, without billing, and waits until it is ready: usually a few seconds.
   * @param onWait told before each wait how long it has taken so far, in ms
   * @throws {CloudError} `exists`: the ID is taken, whoever has it, deleted projects included; `denied`: the caller may
   *   not create there; `invalid`: a field is wrong; `quota`: the caller's quota of projects is used up
   */
  async create(
    { projectId, name, parent }: NewProject,
    onWait?: (elapsedMs: number) => void,
  ): Promise<Project> {
    const requestBody = { projectId, displayName: name, ...(parent ? { parent } : {}) };
    const begun = await this.#caller.call(
      { api: 'cloudresourcemanager', method: 'projects.create', repeatable: false, schema: operation },
      (options, { resourceManager }) => resourceManager.projects.create({ requestBody }, options),
    );
    const made = project.safeParse(await finishOperation(this.#caller, begun, operations, onWait));
    if (made.success) return made.data;
    throw new CloudError(
      { api: 'cloudresourcemanager', method: 'operations.get', attempts: 1 },
      { kind: 'garbled', message: `the operation ${printable(begun.name)} ended without a project` },
    );
  }

  /** The allow policy, with its conditions (version 3 is asked for; IAM docs, policy versions). */
  getPolicy(projectId: string): Promise<Policy> {
    return this.#caller.call(
      {
        api: 'cloudresourcemanager',
        method: 'projects.getIamPolicy',
        repeatable: true,
        schema: policySchema,
      },
      (options, { resourceManager }) =>
        resourceManager.projects.getIamPolicy(
          {
            resource: projectName(projectId),
            requestBody: { options: { requestedPolicyVersion: 3 } },
          },
          options,
        ),
    );
  }

  /**
   * Replaces the allow policy, unless it was written since `policy` was read (kind `conflict`: read again). Always as
   * version 3: with a lower one Google drops the conditions (IAM docs, policy versions).
   */
  setPolicy(projectId: string, policy: Policy): Promise<Policy> {
    return this.#caller.call(
      {
        api: 'cloudresourcemanager',
        method: 'projects.setIamPolicy',
        repeatable: false,
        schema: policySchema,
      },
      (options, { resourceManager }) =>
        resourceManager.projects.setIamPolicy(
          { resource: projectName(projectId), requestBody: { policy: { ...policy, version: 3 } } },
          options,
        ),
    );
  }

  /** Which of the permissions the caller holds on the project; asking needs none. */
  test(projectId: string, permissions: readonly string[]): Promise<Set<string>> {
    return testPermissions(permissions, (chunk) =>
      this.#caller.call(
        {
          api: 'cloudresourcemanager',
          method: 'projects.testIamPermissions',
          repeatable: true,
          schema: grantedPermissions,
        },
        (options, { resourceManager }) =>
          resourceManager.projects.testIamPermissions(
            { resource: projectName(projectId), requestBody: { permissions: chunk } },
            options,
          ),
      ),
    );
  }
}
