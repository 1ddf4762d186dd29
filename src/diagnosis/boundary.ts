import type { PolicyBinding } from '../google/access-boundaries.ts';
import type { Cloud } from '../google/cloud.ts';
import { ifReadable, lineageOf, type Blocked, type Blocks, type Lineage } from './blocked.ts';
import { keptOut, type Bound } from './boundary-told.ts';
import { unreadPolicy, unsearched } from './boundary-unread.ts';
import { versionBlocks } from './boundary-versions.ts';
import type { Unread } from './cause.ts';
import { truthOf } from './condition-truth.ts';
import { homeOf, numbered } from './home.ts';

const NOTHING: Blocks = { causes: [], unread: [] };

/**
 * Which principal access boundaries keep the account out of the project. A principal that is bound by any may use what one of
 * them can block only where one of them reaches (IAM docs, principal access boundary policies). Bindings are looked for on
 * the account's own project and what that lies in, one read a level, and each policy is read once. Google's Policy
 * Troubleshooter cannot help where one may not be read: its v3 does not look at boundaries.
 * @throws {CloudError | CredentialsError} nothing can be asked at all
 */
export async function findBoundaries(cloud: Cloud, blocked: Blocked): Promise<Blocks> {
  if (blocked.permissions.length === 0) return NOTHING;
  const lineage = blocked.lineage ?? (await lineageOf(cloud, blocked.project));
  const home = await homeOf(cloud, blocked, lineage);
  // The policies are an organisation's: where there is none, nothing is bound.
  const isInOne = home.unread.length > 0 || home.levels.some((level) => level.startsWith('organizations/'));
  if (!isInOne) return NOTHING;
  const { bound, unread } = await boundAt(cloud, blocked, home);
  const inside = new Set(namesOf(blocked.project, lineage));
  const reaches = ({ policy }: Bound) =>
    policy.rules.some(({ resources }) => resources.some((name) => inside.has(name)));
  if (bound.some(reaches)) return NOTHING;
  const blockable = blocked.permissions.filter((permission) =>
    bound.some(({ policy }) => versionBlocks(policy.enforcementVersion, permission)),
  );
  const [first, ...others] = bound;
  const missing = [...(home === lineage ? [] : lineage.unread), ...home.unread, ...unread];
  if (first === undefined || blockable.length === 0) return { causes: [], unread: missing };
  const cause = keptOut(
    { ...blocked, permissions: blockable },
    lineage,
    [first, ...others],
    missing.length > 0,
  );
  return { causes: [cause], unread: missing };
}

/** The bindings of the account at all levels of its own project, with their policies, as far as they may be read. */
async function boundAt(
  cloud: Cloud,
  { email, onWait }: Blocked,
  home: Lineage,
): Promise<{ bound: Bound[]; unread: Unread[] }> {
  // What a binding's condition may ask of a service account (IAM v3, `PolicyBinding`).
  const facts = { principal: { type: 'iam.googleapis.com/ServiceAccount', subject: email } };
  const bound: Bound[] = [];
  const unread: Unread[] = [];
  const closed: { level: string; said: string }[] = [];
  const bindings: { level: string; binding: PolicyBinding }[] = [];
  for (const level of numbered(home) ?? home.levels) {
    const found = await ifReadable(cloud.boundaries.boundTo(level, onWait));
    if ('value' in found) bindings.push(...found.value.map((binding) => ({ level, binding })));
    else closed.push({ level, said: found.said });
  }
  for (const { level, binding } of bindings) {
    // Only a condition that is evaluated, and false, leaves a principal out (IAM docs).
    if (binding.condition && truthOf(binding.condition.expression, facts).is === 'no') continue;
    const policy = await ifReadable(cloud.boundaries.get(binding.policy, onWait));
    if ('value' in policy) bound.push({ level, binding, policy: policy.value });
    else unread.push(unreadPolicy(binding, policy.said));
  }
  return { bound, unread: [...unsearched(closed), ...unread] };
}

/** All names by which a rule may reach the project: its own two, and those of what it lies in. */
function namesOf(project: string, { number, levels }: Lineage): string[] {
  const own = [`projects/${project}`, ...(number === undefined ? [] : [`projects/${number}`])];
  return [...own, ...levels.slice(1)].map((name) => `//cloudresourcemanager.googleapis.com/${name}`);
}
