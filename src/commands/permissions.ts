import type { Event } from '../faces/json/events.ts';
import { jsonLine } from '../faces/json/json-line.ts';
import { permissionsPage } from './permissions-page.ts';
import { profileAnswer } from './profile-answer.ts';

/** What `iamready permissions` was asked. */
export interface PermissionsRequest {
  /** The name of a built-in profile, or the path of a YAML file. */
  readonly profile?: string | undefined;
  /** One JSON object a line instead of text. */
  readonly json: boolean;
  readonly out: NodeJS.WritableStream;
  /** Width of the text in columns; 80 when not given. Words that are wider are never broken. */
  readonly columns?: number | undefined;
}

/**
 * Prints what a profile asks for: each permission with its reason and whose words the reason is, and the
 * services. Reads nothing but the profile; no cloud is asked. Resolves once `out` has taken everything.
 * @throws ProblemError when no profile is named; ProfileError when there is no such profile or it is not valid; nothing is printed then.
 */
export async function permissions(request: PermissionsRequest): Promise<void> {
  const load = await profileAnswer(request);
  const profile = await load();
  if (!request.json) return written(request.out, permissionsPage(profile, request.columns ?? 80));
  const events: Event[] = [
    ...profile.permissions.map((permission) => ({ v: 1, type: 'permission', ...permission }) as const),
    {
      v: 1,
      type: 'result',
      status: 'ready',
      exitCode: 0,
      profile: profile.name,
      permissions: profile.permissions.length,
    },
  ];
  return written(request.out, events.map(jsonLine).join(''));
}

function written(out: NodeJS.WritableStream, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    out.write(text, (error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}
