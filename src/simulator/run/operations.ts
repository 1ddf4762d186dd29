import type { Call } from '../call.ts';
import { param } from '../call.ts';
import { notFound } from '../errors.ts';
import { showOperation, startOperation } from '../operations.ts';
import { fraction } from '../random.ts';
import type { Handler } from '../router.ts';
import type { RunService, World } from '../world.ts';
import { permittedProject } from './permitted.ts';
import { showService } from './show.ts';

const TYPE = 'type.googleapis.com/google.cloud.run.v2.Service';

function operationId(world: World): string {
  const digits = [0, 1, 2, 3].map((part) =>
    Math.floor(fraction(world.seed, 'run', world.operations.size, part) * 2 ** 32)
      .toString(16)
      .padStart(8, '0'),
  );
  return digits.join('').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Starts the operation that brings a service into a state; metadata and response show it (recorded). */
export function deployLater(call: Call, service: RunService, finish: (at: number) => RunService): object {
  const { world } = call;
  const location = service.name.slice(0, service.name.indexOf('/services/'));
  return showOperation(
    startOperation(world, 'deployment', {
      name: `${location}/operations/${operationId(world)}`,
      metadata: { '@type': TYPE, ...showService(service) },
      finish: (at) => ({ response: { '@type': TYPE, ...showService(finish(at)) } }),
    }),
  );
}

/** GET and :wait of an operation. Waiting may answer before it is done (discovery document), and here does so at once. */
export const getOperation: Handler = (call) => {
  const project = permittedProject(call, 'run.operations.get');
  const name = `projects/${project.id}/locations/${param(call, 'location')}/operations/${param(call, 'operation')}`;
  const operation = call.world.operations.get(name);
  if (!operation) throw notFound(`operation "${name}" not found`); // [U] the text.
  return showOperation(operation);
};
