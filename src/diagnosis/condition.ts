import type { Condition } from '../google/policy.ts';
import type { Level } from './looking.ts';

/** Whether a condition lets something through now; `unknown` where that cannot be told from here. */
export type Verdict = 'holds' | 'false' | 'unknown';

interface ResourceFacts {
  name: string;
  type: string;
  service: string;
}

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

class ResourceOfCondition implements ResourceFacts {
  readonly name: string;
  readonly type: string;
  readonly service: string;
  constructor({ name, type, service }: ResourceFacts) {
    this.name = name;
    this.type = type;
    this.service = service;
  }
}

/**
 * Evaluates a condition (Common Expression Language) for a request that tests permissions on this resource.
 * @param now of Google's clock
 */
export async function verdictOn({ expression }: Condition, level: Level, now: Date): Promise<Verdict> {
  const { Environment } = await import('@marcbachmann/cel-js');
  // Only what is known here: whatever else an expression asks for makes it fail, and that is told as unknown.
  const environment = new Environment()
    .registerVariable('request', { schema: { time: 'google.protobuf.Timestamp' } })
    .registerType('IamResource', {
      ctor: ResourceOfCondition,
      fields: { name: 'string', type: 'string', service: 'string' },
    })
    .registerVariable('resource', 'IamResource');
  const facts = factsOf(level);
  const results = new Set<unknown>();
  try {
    const program = environment.parse(expression);
    if (facts.length === 0 && /\bresource\s*\./u.test(expression)) return 'unknown';
    for (const resource of facts.length === 0 ? [{ name: '', type: '', service: '' }] : facts)
      results.add(program({ request: { time: now }, resource: new ResourceOfCondition(resource) }));
  } catch {
    return 'unknown';
  }
  const [result, ...others] = results;
  if (others.length > 0 || typeof result !== 'boolean') return 'unknown';
  return result ? 'holds' : 'false';
}
