import type { Event } from '../faces/json/events.ts';
import { jsonLine } from '../faces/json/json-line.ts';
import { permissionsPage } from './permissions-page.ts';
import { profileAnswer } from './profile-answer.ts';
import { written } from './written.ts';

/** What `iamready permissions` was asked. */
export interface PermissionsRequest {
  /** The name of a built-in profile, or the path of a YAML file. */
  readonly profile?: string | undefined;
  /** Text for people, one JSON object a line, a list in YAML, or the role as `gcloud iam roles create --file` takes it. */
  readonly form: 'text' | 'json' | 'yaml' | 'role-file';
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
  const { form, out, columns = 80 } = request;
  if (form === 'text') return written(out, permissionsPage(profile, columns));
  if (form !== 'json') {
    const { permissionsYaml, roleFile } = await import('./permissions-yaml.ts');
    return written(out, form === 'yaml' ? permissionsYaml(profile) : roleFile(profile));
  }
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
  return written(out, events.map(jsonLine).join(''));
}
