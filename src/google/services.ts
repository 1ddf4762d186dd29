import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import type { Caller } from './caller.ts';
import { CloudError } from './errors.ts';
import { operationError } from './google-error.ts';
import { projectName } from './resource-name.ts';

/** Whether an API is on for a project; UNKNOWN where Google does not say. */
export type ServiceState = 'ENABLED' | 'DISABLED' | 'UNKNOWN';

/** Limits of batchGet and batchEnable (Service Usage API v1). */
const READS_A_CALL = 30;
const WRITES_A_CALL = 20;
/** Waits between looks at an operation, and for the whole of it, in ms. */
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 4_000;
const OPERATION_DEADLINE_MS = 300_000;

const batch = z.object({
  services: z.array(z.object({ name: z.string(), state: z.string().optional() })).default([]),
});
const operation = z.object({
  name: z.string(),
  done: z.boolean().default(false),
  error: operationError.optional(),
});
type Operation = z.infer<typeof operation>;

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
            const params = { parent, names: chunk.map((name) => `${parent}/services/${name}`) };
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
      await this.#finish(begun, onWait);
    }
  }

  async #finish(begun: Operation, onWait: ((elapsedMs: number) => void) | undefined): Promise<void> {
    const call = { api: 'serviceusage', method: 'operations.get' };
    const started = performance.now();
    let seen = begun;
    let wait = FIRST_WAIT_MS;
    // `operations/noop.DONE_OPERATION` comes with done:true and must not be asked for.
    while (!seen.done) {
      const elapsed = performance.now() - started;
      if (elapsed > OPERATION_DEADLINE_MS)
        throw new CloudError(
          { ...call, attempts: 1 },
          {
            kind: 'timeout',
            message: `the operation ${begun.name} is not done after ${Math.round(elapsed)} ms`,
          },
        );
      onWait?.(elapsed);
      await this.#sleep(wait, call);
      wait = Math.min(wait * 1.5, LONGEST_WAIT_MS);
      seen = await this.#caller.call(
        { ...call, repeatable: true, schema: operation },
        (options, { serviceUsage }) => serviceUsage.operations.get({ name: begun.name }, options),
      );
    }
    if (seen.error) throw this.#caller.operationFailure(call, seen.error);
  }

  async #sleep(ms: number, call: { api: string; method: string }): Promise<void> {
    const { signal } = this.#caller;
    try {
      await sleep(ms, undefined, signal ? { signal } : {});
    } catch {
      throw new CloudError(
        { ...call, attempts: 0 },
        { kind: 'cancelled', message: 'cancelled while waiting' },
      );
    }
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
