import { join } from 'node:path';
import { catalogFolder } from './catalog-folder.ts';
import { checked, permissionFile, roleFile, withoutAbout, yamlFiles } from './catalog-files.ts';
import type { RoleFile } from './catalog-files.ts';
import { permissionsOf } from './catalog-permissions.ts';
import type { PermissionFacts } from './catalog-permissions.ts';
import { LazyRole, expand } from './catalog-roles.ts';
import type { PredefinedRole } from './catalog-roles.ts';

export type { Level } from './catalog-files.ts';
export type { PermissionFacts } from './catalog-permissions.ts';
export type { PredefinedRole } from './catalog-roles.ts';

/** What the embedded cloud knows of Google's permissions and predefined roles. `services`: API name to title. */
export interface Catalog {
  permissions: ReadonlyMap<string, PermissionFacts>;
  roles: ReadonlyMap<string, PredefinedRole>;
  services: ReadonlyMap<string, string>;
}

let loaded: Promise<Catalog> | undefined;

/**
 * Reads catalog/permissions and the names of catalog/roles, once a process. A role's own file is parsed when the role is
 * first used. Throws when a permission file is wrong; a wrong role file throws on first use.
 */
export function loadCatalog(): Promise<Catalog> {
  return (loaded ??= readCatalog(catalogFolder()));
}

/** Reads the catalog of a folder, as {@link loadCatalog} does, but every time. */
export async function readCatalog(folder: string): Promise<Catalog> {
  const [permissionTexts, roleTexts] = await Promise.all([
    yamlFiles(join(folder, 'permissions')),
    yamlFiles(join(folder, 'roles')),
  ]);

  const permissions = new Map<string, PermissionFacts>();
  const services = new Map<string, string>();
  const names = new Map<string, string[]>();
  for (const { file, text } of permissionTexts) {
    const content = checked(permissionFile, file, withoutAbout(text));
    services.set(content.service, content.title);
    const facts = permissionsOf(content);
    for (const fact of facts) permissions.set(fact.name, fact);
    names.set(
      content.prefix,
      facts.map((fact) => fact.name),
    );
  }

  const roles = new Map<string, PredefinedRole>();
  const expandRole = (role: RoleFile[string]): ReadonlySet<string> => {
    const all = new Set(expand(role.permissions, names));
    for (const included of role.includes ?? []) {
      const other = roles.get(included);
      if (!other) throw new Error(`catalog/roles: ${included} is included but is not there.`);
      for (const name of other.permissions) all.add(name);
    }
    return all;
  };
  for (const { file, text } of roleTexts) {
    let content: RoleFile | undefined;
    const parsed = () => (content ??= checked(roleFile, file, text));
    for (const [, name] of text.matchAll(/^(roles\/[\w.]+):$/gm)) {
      if (name) roles.set(name, new LazyRole(name, parsed, expandRole));
    }
  }
  return { permissions, roles, services };
}
