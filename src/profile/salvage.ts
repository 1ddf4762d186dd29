import * as z from 'zod';
import type { Profile } from './profile.ts';
import type { Refusal } from './refusals.ts';
import { fields } from './schema.ts';

/**
 * What fields ask of each other in a file that is refused anyway, so that all of it can be told at once: looked for in
 * what is right by itself. Nothing is told that may only follow from what is not.
 * @param issues what is wrong of single fields
 * @param judge what fields of a whole profile ask of each other
 */
export function otherRefusals(
  root: unknown,
  issues: readonly z.core.$ZodIssue[],
  judge: (profile: Profile) => Refusal[],
): Refusal[] {
  if (typeof root !== 'object' || root === null) return [];
  const given = new Map<string, unknown>(Object.entries(root));
  const broken = new Set(issues.map(({ path }) => String(path[0])));
  replaceEntries(given, issues);
  for (const [name, field] of Object.entries(fields))
    if (!field.safeParse(given.get(name)).success) given.set(name, spare[name]);
  const profile: Profile = z.object(fields).parse(Object.fromEntries(given));
  return judge(profile).filter(
    ({ rule, path }) =>
      !(path.length === 1 && broken.has(String(path[0]))) &&
      !(restsOn[rule] ?? []).some((name) => broken.has(name)),
  );
}

/** The fields without which a rule cannot be judged, besides the one that it refuses. */
const restsOn: Readonly<Record<string, readonly string[]>> = {
  source: ['sources'],
  askedOn: ['grants'],
  role: ['grants'],
  roleUnused: ['grants'],
  permissions: ['grants'],
  emptyRole: ['grants'],
  roleSize: ['grants', 'role'],
  notInRole: ['grants'],
};

const word = 'x';
const spare: Readonly<Record<string, unknown>> = {
  name: word,
  title: word,
  summary: word,
  services: [],
  account: { id: 'account', displayName: word },
};

const entries: Readonly<Record<string, (at: number) => object>> = {
  services: (at) => ({ name: `x${at}.googleapis.com`, why: word }),
  permissions: (at) => ({ name: `x.x.x${at}`, why: word }),
  grants: (at) => ({ role: `roles/x${at}`, why: word }),
  team: (at) => ({ role: `roles/x${at}`, why: word }),
};

/** Puts others that are like none in the place of the entries that are refused. */
function replaceEntries(given: Map<string, unknown>, issues: readonly z.core.$ZodIssue[]): void {
  const refused = Map.groupBy(issues, ({ path }) => String(path[0]));
  for (const [name, entry] of Object.entries(entries)) {
    const list = given.get(name);
    const bad = new Set(refused.get(name)?.map(({ path }) => path[1]));
    if (bad.size > 0 && Array.isArray(list))
      given.set(
        name,
        list.map((each: unknown, at) => (bad.has(at) ? entry(at) : each)),
      );
  }
}
