import type { Cloud } from '../google/cloud.ts';
import type { Troubleshooting } from '../google/troubleshooter.ts';
import { ifReadable, levelInWords, type Blocked, type Blocks } from './blocked.ts';
import type { Cause, Evidence, Unread } from './cause.ts';

/** Each permission is one question, and this many say enough of what stands in the way. */
const MOST_QUESTIONS = 10;

/**
 * Asks Google's Policy Troubleshooter whether deny policies take the permissions, where they could not be read or their
 * effect cannot be told: it may know more than its caller, and tells without showing the policy.
 */
export async function askTroubleshooter(
  cloud: Cloud,
  { project, email }: Blocked,
  permissions: readonly string[],
): Promise<Blocks> {
  const denied = new Map<string, { answer: Troubleshooting; permissions: string[] }>();
  const unknown: string[] = [];
  for (const permission of permissions.slice(0, MOST_QUESTIONS)) {
    const asked = await ifReadable(cloud.troubleshooter.troubleshoot(email, permission, project));
    if (!('value' in asked)) return { causes: grouped(denied, email), unread: [refused(asked.said)] };
    const { deny } = asked.value;
    if (deny.state === 'unknown' || deny.state === 'depends') unknown.push(permission);
    if (deny.state !== 'denied') continue;
    const key = [...deny.resources, ...deny.policies.map(({ name }) => name)].join(' ');
    const group = denied.get(key) ?? { answer: asked.value, permissions: [] };
    denied.set(key, { ...group, permissions: [...group.permissions, permission] });
  }
  return {
    causes: grouped(denied, email),
    unread: unknown.length > 0 ? [untold(unknown)] : [],
  };
}

function grouped(
  denied: ReadonlyMap<string, { answer: Troubleshooting; permissions: string[] }>,
  email: string,
): Cause[] {
  return [...denied.values()].map(({ answer: { deny }, permissions }) => {
    const where = deny.resources.map(levelInWords).join(' and ') || 'the project or what it lies in';
    const names = deny.policies.map(({ name }) => decodeURIComponent(name));
    const policy = names.length > 0 ? `the deny policy ${names.join(', ')}` : 'a deny policy';
    const evidence: Evidence = {
      call: 'policytroubleshooter iam.troubleshoot',
      resource: `${permissions.join(', ')} for ${email}`,
      said: `DENY_ACCESS_STATE_DENIED${deny.resources.length > 0 ? ` by ${deny.resources.join(', ')}` : ''}`,
    };
    return {
      kind: 'denied',
      permissions,
      what: `${policy} on ${where} takes ${permissions.join(', ')} from ${email}, says Google's Policy Troubleshooter; you may not read the policy`,
      remedy: `whoever holds roles/iam.denyAdmin on ${where} can add principal://iam.googleapis.com/projects/-/serviceAccounts/${email} to the exceptionPrincipals of the rule`,
      evidence: [evidence],
    };
  });
}

function refused(said: string): Unread {
  return {
    what: "what Google's Policy Troubleshooter says",
    needs: 'policytroubleshooter.googleapis.com turned on in the project that your calls are charged to',
    said,
  };
}

function untold(permissions: readonly string[]): Unread {
  return {
    what: `whether a deny policy takes ${permissions.join(', ')}`,
    needs: 'roles/iam.denyReviewer on the organisation',
    said: "Google's Policy Troubleshooter does not know what you may not read",
  };
}
