import type { Cloud } from '../google/cloud.ts';

/** When a key was last used to sign in, as far as that can be read: a day, not in the time that Google keeps, or not known. */
export type LastUse = { kind: 'day'; day: string } | { kind: 'never' } | { kind: 'unknown' };

/**
 * When the keys of an account were last used to sign in, by their IDs. Whoever asks has a person waiting who can do without:
 * where the API is off, or they may not read it, it is not known.
 */
export async function lastUses(
  cloud: Cloud,
  project: string,
  email: string,
): Promise<(keyId: string) => LastUse> {
  const days = await cloud.activity.keyLastAuthentication(project, email).catch(() => undefined);
  if (days === undefined) return () => ({ kind: 'unknown' });
  return (keyId) => {
    const day = days.get(keyId);
    return day === undefined ? { kind: 'never' } : { kind: 'day', day: day.toISOString().slice(0, 10) };
  };
}
