import type { Cloud } from '../google/cloud.ts';
import { isCloudError } from '../google/errors.ts';

/**
 * What forbids something in a project, in words: the nearest policy above it counts, the project's own first (Organization
 * Policy docs, hierarchy evaluation). Where one that might be it cannot be read, nothing is claimed. It reads one policy a
 * level, so that it is asked only once something is forbidden.
 */
export async function saidBy(cloud: Cloud, project: string, constraint: string): Promise<string> {
  const levels = await ifReadable(cloud.projects.ancestry(project));
  if (levels === unreadable) return somewhere;
  const found = await Promise.all(
    levels.map((level) => ifReadable(cloud.orgPolicies.setOn(level, constraint))),
  );
  const nearest = found.findIndex((each) => each !== undefined);
  const level = levels[nearest] ?? '';
  switch (found[nearest]) {
    case undefined:
    case 'reset':
      return 'no policy allows them, and where none does Google forbids them';
    case 'enforced':
      return level.startsWith('projects/')
        ? "the project's own organisation policy says so"
        : `an organisation policy says so, set on ${level}`;
    case 'not-enforced':
    case unreadable:
      return somewhere;
  }
}

const somewhere = 'an organisation policy says so';
const unreadable = 'unreadable';

async function ifReadable<T>(read: Promise<T>): Promise<T | typeof unreadable> {
  try {
    return await read;
  } catch (error) {
    if (isCloudError(error) && error.kind !== 'cancelled') return unreadable;
    throw error;
  }
}
