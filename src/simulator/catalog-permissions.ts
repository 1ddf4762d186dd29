import type { Level, PermissionFile } from './catalog-files.ts';

/** What is known of one permission. `customRole` is its support in custom roles, as Google's API words it. */
export interface PermissionFacts {
  name: string;
  title?: string;
  stage: 'ALPHA' | 'BETA' | 'GA' | 'DEPRECATED';
  customRole: 'SUPPORTED' | 'TESTING' | 'NOT_SUPPORTED';
  levels: readonly Level[];
  service: string;
}

const hierarchy: readonly Level[] = ['organization', 'folder', 'project'];
const hierarchyAndResource: readonly Level[] = [...hierarchy, 'resource'];

/** Whether a name is meant by a pattern: the same name or, where the pattern ends in `*`, the same beginning. */
export function meant(pattern: string, name: string): boolean {
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
}

/**
 * The permissions of one checked file. A later exception wins over an earlier one. Throws when a pattern of the
 * file means nothing, which is how a typing error shows.
 */
export function permissionsOf(file: PermissionFile): PermissionFacts[] {
  const onResource = file.alsoOnResource ?? [];
  const exceptions = file.exceptions ?? [];
  const patterns = [...onResource, ...exceptions.flatMap((exception) => exception.permissions)];
  const unused = new Set(patterns);

  const matches = (candidates: readonly string[], name: string) =>
    candidates.some((pattern) => {
      const hit = meant(pattern, name);
      if (hit) unused.delete(pattern);
      return hit;
    });

  const facts: PermissionFacts[] = [];
  for (const { resource, actions } of file.resources) {
    for (const action of actions) {
      const name = `${resource}.${action}`;
      const fact: PermissionFacts = {
        name: `${file.prefix}.${name}`,
        stage: 'GA',
        customRole: 'SUPPORTED',
        levels: matches(onResource, name) ? hierarchyAndResource : hierarchy,
        service: file.service,
      };
      for (const exception of exceptions) {
        if (!matches(exception.permissions, name)) continue;
        if (exception.levels) fact.levels = exception.levels;
        if (exception.customRole) fact.customRole = exception.customRole;
        if (exception.stage) fact.stage = exception.stage;
      }
      facts.push(fact);
    }
  }
  if (unused.size > 0) {
    throw new Error(`catalog/permissions, ${file.service}: nothing is meant by ${[...unused].join(' ')}.`);
  }
  return facts;
}
