import * as z from 'zod';
import type { EnvNames } from '../profile/profile.ts';

/** What can go into variables: see `env` in a profile. */
export type EnvFacts = { readonly [Part in keyof EnvNames]?: string | undefined };

const parts = [
  'privateKey',
  'privateKeyId',
  'clientEmail',
  'projectId',
  'keyFile',
  'credentialsJson',
] as const satisfies readonly (keyof EnvNames)[];

const KeyFile = z.looseObject({
  type: z.literal('service_account'),
  project_id: z.string().min(1),
  private_key_id: z.string().min(1),
  private_key: z.string().min(1),
  client_email: z.string().min(1),
});

/** What a service account's credentials file tells; undefined if the text is none. All of it is secret. */
export function factsOfKey(text: string): EnvFacts | undefined {
  const parsed = KeyFile.safeParse(asJson(text));
  if (!parsed.success) return undefined;
  const { project_id, private_key_id, private_key, client_email } = parsed.data;
  return {
    privateKey: private_key,
    privateKeyId: private_key_id,
    clientEmail: client_email,
    projectId: project_id,
    // On one line, so that it fits everywhere.
    credentialsJson: JSON.stringify(parsed.data),
  };
}

/** The variables that a profile names, with what goes into each. A part that no fact is known of is left out. */
export function envValues(names: EnvNames, facts: EnvFacts): Record<string, string> {
  return Object.fromEntries(
    parts.flatMap((part) => {
      const name = names[part];
      const fact = facts[part];
      return name === undefined || fact === undefined ? [] : [[name, fact]];
    }),
  );
}

/** The variables that a profile names, in the order in which they are written. */
export function namesIn(names: EnvNames): string[] {
  return parts.flatMap((part) => names[part] ?? []);
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
