import type { Condition } from '../google/policy.ts';
import { truthOf } from './condition-truth.ts';
import type { Level } from './looking.ts';

/** Whether a condition lets something through now; `unknown` where that cannot be told from here. */
export type Verdict = 'holds' | 'false' | 'unknown';

type ResourceFacts = Record<'name' | 'type' | 'service', string>;

const manager = 'cloudresourcemanager.googleapis.com';

/**
 * What conditions read of a resource (IAM docs, conditions, resource attributes). Whether a project stands there by ID or by
 * number is [U]: what differs by that cannot be told. Nothing, where its name is not known exactly.
 */
function factsOf({ kind, id }: Level): readonly ResourceFacts[] {
  switch (kind) {
    case 'project':
      return [id, '100000000000'].map((name) => ({
        name: `projects/${name}`,
        type: `${manager}/Project`,
        service: manager,
      }));
    case 'folder':
      return [{ name: `folders/${id}`, type: `${manager}/Folder`, service: manager }];
    case 'organization':
      return [{ name: `organizations/${id}`, type: `${manager}/Organization`, service: manager }];
    case 'bucket':
      return [
        {
          name: `projects/_/buckets/${id}`,
          type: 'storage.googleapis.com/Bucket',
          service: 'storage.googleapis.com',
        },
      ];
    case 'account':
    case 'run-service':
      return [];
  }
}

/**
 * Evaluates a condition (Common Expression Language) for a request that tests permissions on this resource.
 * @param now of Google's clock
 */
export function verdictOn({ expression }: Condition, level: Level, now: Date): Verdict {
  const request = { time: now };
  const facts = factsOf(level);
  const found = new Set(
    facts.length === 0
      ? [truthOf(expression, { request }).is]
      : facts.map((resource) => truthOf(expression, { request, resource }).is),
  );
  const [only] = found;
  if (found.size > 1 || only === undefined || only === 'maybe') return 'unknown';
  return only === 'yes' ? 'holds' : 'false';
}
