import { ApiError, errorInfo, help } from './errors.ts';
import type { Service } from './router.ts';
import type { Project, World } from './world.ts';

/**
 * Calls a minute and project (IAM quotas page; the Resource Manager reads were seen, its writes are ours [U]), by service
 * and, where it has several quotas, their prefix. How the metrics of IAM v2 and v3 are called is [U].
 */
const LIMITS: Readonly<Record<string, { read: number; write: number }>> = {
  'iam.googleapis.com': { read: 6000, write: 600 },
  'iam.googleapis.com/v2_': { read: 5, write: 5 },
  'iam.googleapis.com/v3_': { read: 5, write: 5 },
  'iamcredentials.googleapis.com': { read: 60_000, write: 60_000 },
  'cloudresourcemanager.googleapis.com': { read: 2400, write: 600 },
  'serviceusage.googleapis.com': { read: 6000, write: 600 },
};

const LABEL = { read: 'Read requests', write: 'Write requests' } as const;

/** Counts calls per minute of the simulator's clock, consumer project, service and kind. */
export interface Quotas {
  /** Counts one call; throws 429 when the minute's limit is used up. */
  charge(service: Service, kind: 'read' | 'write', consumer: Project): void;
}

/** Makes the counters; switched off, they count nothing. */
export function createQuotas(world: World, on: boolean): Quotas {
  const used = new Map<string, number>();
  let minute = -1;
  return {
    charge(service, kind, consumer) {
      if (!on) return;
      const now = Math.floor(world.clock.now() / 60_000);
      if (now !== minute) used.clear();
      minute = now;
      const metric = metricOf(service, kind);
      const limits = LIMITS[service.quota ? `${service.name}/${service.quota}` : service.name];
      const limit = world.quotas.get(metric) ?? limits?.[kind];
      const key = `${metric} ${consumer.id}`;
      const count = (used.get(key) ?? 0) + 1;
      if (limit !== undefined && count > limit) throw exceeded(service, kind, consumer, limit);
      used.set(key, count);
    },
  };
}

const metricOf = ({ name, quota = '' }: Service, kind: 'read' | 'write'): string =>
  `${name}/${quota}${kind}_requests`;

/** 429 RATE_LIMIT_EXCEEDED (pasted 2024, with the quota_unit of 2025). */
function exceeded(service: Service, kind: 'read' | 'write', consumer: Project, limit: number): ApiError {
  const label = LABEL[kind];
  const message = `Quota exceeded for quota metric '${label}' and limit '${label} per minute' of service '${service.name}' for consumer 'project_number:${consumer.number}'.`;
  return new ApiError('RESOURCE_EXHAUSTED', message, {
    details: [
      errorInfo('RATE_LIMIT_EXCEEDED', 'googleapis.com', {
        consumer: `projects/${consumer.number}`,
        quota_limit: `${kind === 'read' ? 'Read' : 'Write'}RequestsPerMinutePerProject`,
        quota_limit_value: String(limit),
        quota_location: 'global',
        quota_metric: metricOf(service, kind),
        quota_unit: '1/min/{project}',
        service: service.name,
      }),
      help('Request a higher quota limit.', 'https://cloud.google.com/docs/quotas/help/request_increase'),
    ],
  });
}
