import type { Cloud } from '../google/cloud.ts';
import type { Troubleshooting } from '../google/troubleshooter.ts';
import { ifReadable, type Blocked } from './blocked.ts';
import type { Unread } from './cause.ts';

/** Each permission is one question, and this many say enough of what stands in the way. */
const MOST_QUESTIONS = 10;

/** What the Policy Troubleshooter said, by permission; and why it said no more, where it did not. */
export interface Answers {
  answers: ReadonlyMap<string, Troubleshooting>;
  unread: Unread[];
}

/**
 * Asks Google's Policy Troubleshooter about permissions, where policies could not be read or their effect cannot be told: it
 * may tell what they do to whoever may not see them.
 * @throws {CloudError | CredentialsError} nothing can be asked at all
 */
export async function askTroubleshooter(
  cloud: Cloud,
  { project, email }: Blocked,
  permissions: readonly string[],
): Promise<Answers> {
  const answers = new Map<string, Troubleshooting>();
  for (const permission of permissions.slice(0, MOST_QUESTIONS)) {
    const asked = await ifReadable(cloud.troubleshooter.troubleshoot(email, permission, project));
    if (!('value' in asked)) return { answers, unread: [refused(asked.said)] };
    answers.set(permission, asked.value);
  }
  return { answers, unread: [] };
}

/** Permissions of which the Policy Troubleshooter did not know either. */
export function untold(permissions: readonly string[]): Unread[] {
  if (permissions.length === 0) return [];
  return [
    {
      what: `whether a deny policy takes ${permissions.join(', ')}`,
      needs: 'roles/iam.denyReviewer on the organisation, for the Policy Troubleshooter to tell',
      said: "Google's Policy Troubleshooter does not tell it to whoever may not read the policies",
    },
  ];
}

function refused(said: string): Unread {
  return {
    what: "what Google's Policy Troubleshooter says of it",
    needs: 'policytroubleshooter.googleapis.com, on in the project that your calls are charged to',
    said,
  };
}
