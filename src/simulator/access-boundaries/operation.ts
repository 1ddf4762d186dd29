import { accessTo } from '../authorise.ts';
import type { Call } from '../call.ts';
import { param } from '../call.ts';
import { microTimestamp } from '../clock.ts';
import { iamDenied } from '../errors.ts';
import { showOperation, startOperation } from '../operations.ts';
import { fraction } from '../random.ts';
import { levelName, levelResource } from '../resources.ts';
import type { Handler } from '../router.ts';
import { absent, askedLevel } from './service.ts';

const V3 = 'type.googleapis.com/google.iam.v3';

/** How the message of a response is called; a deletion answers nothing. */
export type Message = 'PrincipalAccessBoundaryPolicy' | 'PolicyBinding' | undefined;

/**
 * Answers an operation for what has been written, or would be; its response shows that.
 * @param of the name of what was written, in its project, folder or organisation
 */
export function written(
  { world }: Call,
  of: string,
  verb: 'create' | 'update' | 'delete',
  message: Message,
  shown: object = {},
): object {
  const parent = of.split('/').slice(0, 4).join('/');
  const id = [0, 1].map((part) =>
    Math.floor(fraction(world.seed, 'boundary', world.operations.size, part) * 2 ** 32)
      .toString(16)
      .padStart(8, '0'),
  );
  const metadata = {
    '@type': `${V3}.OperationMetadata`,
    createTime: microTimestamp(world.stamp()),
    target: of,
    verb,
    apiVersion: 'v3',
  };
  const response = message
    ? { '@type': `${V3}.${message}`, ...shown }
    : { '@type': 'type.googleapis.com/google.protobuf.Empty' };
  return showOperation(
    startOperation(world, 'policy', {
      name: `${parent}/operations/operation-${id.join('-')}`,
      metadata,
      finish: () => ({ response }),
    }),
  );
}

const VIEWS = ['iam.operations.get', 'iam.principalaccessboundarypolicies.get', 'iam.policybindings.get'];

/** GET of an operation, for whoever may see operations, boundaries or bindings there ([U] which permission it takes). */
export const getOperation: Handler = (call) => {
  const [level, id] = askedLevel(call);
  const resource = levelResource(call.world, level, id);
  if (!resource || !VIEWS.some((permission) => accessTo(call, resource).holds(permission)))
    throw iamDenied('iam.operations.get', `${level}/${id}`);
  const name = `${levelName(resource)}/locations/${param(call, 'location')}/operations/${param(call, 'operation')}`;
  const operation = call.world.operations.get(name);
  if (!operation) throw absent();
  return showOperation(operation);
};
