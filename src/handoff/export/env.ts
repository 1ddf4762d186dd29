import type { EnvTrouble } from '../env-trouble.ts';
import { formOf, type EnvFormat } from '../env-form.ts';
import { envValues, namesIn } from '../env-values.ts';
import type { Handover } from './handover.ts';
import { comment } from './script-text.ts';

/** Variables that Google's own libraries read (Application Default Credentials, and gcloud's documentation of both). */
const usual = { keyFile: 'GOOGLE_APPLICATION_CREDENTIALS', projectId: 'GOOGLE_CLOUD_PROJECT' };

/**
 * The lines of an env file without what is secret: project, address, and where the credentials are. Variables of the profile
 * that hold the key, or are known only with one, are named in a comment.
 */
export function envExport(
  handover: Handover,
  format: EnvFormat = 'dotenv',
): { kind: 'text'; text: string } | { kind: 'refused'; trouble: EnvTrouble } {
  const { account, profile, project, access, env } = handover;
  const file = access.kind === 'key' || access.kind === 'impersonation' ? access.file : undefined;
  const facts = { projectId: project.id, clientEmail: account.email, keyFile: file };
  const values = {
    ...envValues({ projectId: usual.projectId, keyFile: usual.keyFile }, facts),
    ...envValues(env, facts),
  };
  const left = namesIn(env).filter((name) => !(name in values));
  const lines = [
    comment(
      `For programs that sign in as ${account.email} for ${profile.title}; written by iamready export env.`,
    ),
  ];
  for (const [name, value] of Object.entries(values)) {
    const form = formOf(name, value, format);
    if (form.kind === 'refused') return form;
    lines.push(`${name}=${form.text}`);
  }
  if (left.length > 0)
    lines.push(
      comment(
        access.kind === 'key'
          ? `Not in here, since it holds the key or comes with it: ${left.join(', ')}. iamready setup --env=FILE writes it.`
          : `Not in here, since there is no key: ${left.join(', ')}.`,
      ),
    );
  if (access.kind === 'github' || access.kind === 'attached')
    lines.push('# Where your program runs, its libraries find the credentials by themselves.');
  return { kind: 'text', text: `${lines.join('\n')}\n` };
}
