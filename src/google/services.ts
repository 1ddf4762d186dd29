import * as z from 'zod';
import type { Caller } from './caller.ts';
import { isCloudError, type CloudError } from './errors.ts';
import { finishOperation, operation, type OperationApi } from './operations.ts';
import { projectName, serviceName } from './resource-name.ts';

/** Whether an API is on for a project; UNKNOWN where Google does not say. */
export type ServiceState = 'ENABLED' | 'DISABLED' | 'UNKNOWN';

/** Limits of batchGet and batchEnable (Service Usage API v1). */
const READS_A_CALL = 30;
const WRITES_A_CALL = 20;

const batch = z.object({
  services: z.array(z.object({ name: z.string(), state: z.string().optional() })).default([]),
});
const operations: OperationApi = {
  api: 'serviceusage',
  get:
    (name) =>
    (options, { serviceUsage }) =>
      serviceUsage.operations.get({ name }, options),
};

/** Which APIs a project uses (Service Usage API v1). Every method throws CloudError and CredentialsError. */
export class Services {
  readonly #caller: Caller;
  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /** The state of each API by its name, such as `run.googleapis.com`. */
  async states(projectId: string, names: readonly string[]): Promise<Map<string, ServiceState>> {
    const answers = await Promise.all(
      chunksOf(READS_A_CALL, names).map((chunk) =>
        this.#caller.call(
          { api: 'serviceusage', method: 'services.batchGet', repeatable: true, schema: batch },
          (options, { serviceUsage }) => {
            const parent = projectName(projectId);
            const params = { parent, names: chunk.map((name) => serviceName(projectId, name)) };
            return serviceUsage.services.batchGet(params, options);
          },
        ),
      ),
    );
    const found = new Map(
      answers.flatMap((answer) =>
        answer.services.map(({ name, state }) => [name.slice(name.lastIndexOf('/') + 1), state]),
      ),
    );
    return new Map(names.map((name) => [name, stateOf(found.get(name))]));
  }

  /**
   * Turns APIs on and waits until Google says that they are; those that are on already stay so.
   * @param onWait told before each wait how long the operation has taken so far, in ms
   * @throws {CloudError} also when the operation itself fails, or takes longer than 5 minutes (kind `timeout`)
   */
  async enable(
    projectId: string,
    names: readonly string[],
    onWait?: (elapsedMs: number) => void,
  ): Promise<void> {
    // One batch after the other: operations on one consumer at the same time can abort each other.
    for (const serviceIds of chunksOf(WRITES_A_CALL, names)) {
      const begun = await this.#caller.call(
        { api: 'serviceusage', method: 'services.batchEnable', repeatable: false, schema: operation },
        (options, { serviceUsage }) =>
          serviceUsage.services.batchEnable(
            { parent: projectName(projectId), requestBody: { serviceIds } },
            options,
          ),
      );
      await finishOperation(this.#caller, begun, operations, onWait);
    }
  }

  /**
   * Turns APIs off one by one, waiting for each; those that are off already stay so. Nothing that depends on one of them is
   * turned off with it: such an API is refused, and tried again once others of these are off, which may have been the ones.
   * @param onWait told before each wait how long the operation has taken so far, in ms
   * @throws {CloudError} `precondition`: Google refuses the first of those that are left, and names in its message what
   *   depends on it; the others are off, as far as Google let them be
   */
  async disable(
    projectId: string,
    names: readonly string[],
    onWait?: (elapsedMs: number) => void,
  ): Promise<void> {
    for (let left = names; ;) {
      const refused = new Map<string, CloudError>();
      for (const name of left) {
        const refusal = await this.#disable(projectId, name, onWait);
        if (refusal) refused.set(name, refusal);
      }
      if (refused.size === left.length) return this.#throwFirstOf(refused, projectId);
      left = [...refused.keys()];
    }
  }

  /** Turns one API off. @returns why Google would not, where that may pass */
  async #disable(
    projectId: string,
    service: string,
    onWait?: (elapsedMs: number) => void,
  ): Promise<CloudError | undefined> {
    try {
      const begun = await this.#caller.call(
        { api: 'serviceusage', method: 'services.disable', repeatable: false, schema: operation },
        (options, { serviceUsage }) =>
          serviceUsage.services.disable(
            { name: serviceName(projectId, service), requestBody: { disableDependentServices: false } },
            options,
          ),
      );
      await finishOperation(this.#caller, begun, operations, onWait);
      return undefined;
    } catch (error) {
      if (isCloudError(error, 'precondition')) return error;
      throw error;
    }
  }

  /** Google may also refuse to turn off what is off (discovery document), which is no failure. */
  async #throwFirstOf(refused: ReadonlyMap<string, CloudError>, projectId: string): Promise<void> {
    if (refused.size === 0) return;
    const states = await this.states(projectId, [...refused.keys()]);
    for (const [name, error] of refused) if (states.get(name) !== 'DISABLED') throw error;
  }
}

function stateOf(state: string | undefined): ServiceState {
  return state === 'ENABLED' || state === 'DISABLED' ? state : 'UNKNOWN';
}

function chunksOf(size: number, names: readonly string[]): string[][] {
  const chunks = [];
  for (let from = 0; from < names.length; from += size) chunks.push(names.slice(from, from + size));
  return chunks;
}
