import type { PoolProvider } from '../google/pool-providers.ts';
import type { Pool } from '../google/pools.ts';
import { againIfUnavailable } from './again.ts';
import { refused } from './refused.ts';
import { commandLine } from './shell.ts';
import type { UndoKind } from './undo-kind.ts';
import { undoStep, type Given } from './undo-step.ts';

/** A provider of identities that a run added to a pool. */
export const undoProvider: UndoKind = {
  kind: 'provider/created',
  id: 'provider',
  step(given) {
    const { project } = given;
    const { pool, provider } = idsOf(given);
    return undoStep<PoolProvider | undefined>(given, {
      title: 'Provider',
      why: 'Whom the pool believes. Nobody gets in through it any more.',
      undo: 'for 30 days it can be restored; its ID stays taken until then',
      doing: `look at or delete the provider ${provider} in ${pool}`,
      async look({ cloud }, read) {
        const [found] = await read(() => cloud.poolProviders.get(project, pool, provider), isLive);
        return isLive(found) ? found : undefined;
      },
      compare: (found) =>
        found === undefined
          ? []
          : [
              {
                sign: '-',
                what: 'provider',
                name: provider,
                from: found.attributeCondition === '' ? 'lets everybody in' : found.attributeCondition,
                to: 'deleted, restorable for 30 days',
                why: 'what nobody needs lets nobody in',
                source: 'made by iamready',
                gcloud: gcloud(project, 'providers', 'delete', provider, `--workload-identity-pool=${pool}`),
                requires: ['iam.googleapis.com/workloadIdentityPoolProviders.delete'],
              },
            ],
      remains: () => [`provider ${provider}: restorable for 30 days, and its ID stays taken as long`],
      act: ({ cloud }, _found, signal) =>
        againIfUnavailable(() => cloud.poolProviders.delete(project, pool, provider), signal),
    });
  },
};

/** A pool of identities from elsewhere that a run made. */
export const undoPool: UndoKind = {
  kind: 'pool/created',
  id: 'pool',
  step(given) {
    const { project } = given;
    const { pool } = idsOf(given);
    const command = gcloud(project, 'delete', pool);
    return undoStep<Pool | undefined>(given, {
      title: 'Pool',
      why: 'The pool of identities from elsewhere. Nobody else had put a provider into it.',
      undo: 'for 30 days it can be restored; its ID stays taken until then',
      doing: `look at or delete the pool ${pool}`,
      async look({ cloud }, read) {
        const [found] = await read(() => cloud.pools.get(project, pool), isLive);
        if (!isLive(found)) return undefined;
        const providers = await cloud.poolProviders.list(project, pool);
        const others = providers.filter(({ name }) => !given.ours.made('provider', name));
        if (others.length === 0) return found;
        const names = others.map(({ name }) => name.slice(name.lastIndexOf('/') + 1)).join(', ');
        throw refused(
          `the pool ${pool} has providers that iamready did not make: ${names}`,
          'whoever gets in through one would be locked out',
          `if nobody does: ${command}`,
        );
      },
      compare: (found) =>
        found === undefined
          ? []
          : [
              {
                sign: '-',
                what: 'pool',
                name: pool,
                to: 'deleted, restorable for 30 days',
                why: 'nobody gets in through it any more',
                source: 'made by iamready',
                gcloud: command,
                requires: ['iam.googleapis.com/workloadIdentityPools.delete'],
              },
            ],
      remains: () => [`pool ${pool}: restorable for 30 days, and its ID stays taken as long`],
      act: ({ cloud }, _found, signal) => againIfUnavailable(() => cloud.pools.delete(project, pool), signal),
    });
  },
};

/** The IDs in `projects/NUMBER/locations/global/workloadIdentityPools/POOL/providers/PROVIDER`. */
function idsOf({ traces }: Given): { pool: string; provider: string } {
  const [, pool = '', provider = ''] =
    /\/workloadIdentityPools\/([^/]+)(?:\/providers\/([^/]+))?$/u.exec(traces[0]?.made.name ?? '') ?? [];
  return { pool, provider };
}

function isLive<T extends { deleted: boolean }>(found: T | undefined): found is T {
  return found?.deleted === false;
}

function gcloud(project: string, ...words: string[]): string {
  return commandLine(
    ...['gcloud', 'iam', 'workload-identity-pools', ...words],
    ...[`--project=${project}`, '--location=global'],
  );
}
