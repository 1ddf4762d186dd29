import type { Known } from '../access/read.ts';
import { compiledCatalog } from './compiled-catalog.ts';
import { freshCatalog } from './fresh-catalog.ts';

/** What the catalog says of permissions. @throws CatalogError where it is broken */
export async function knownPermissions(): Promise<Known> {
  const { permissions } = compiledCatalog() ?? (await freshCatalog());
  const known = new Map(permissions.map((each) => [each.name, each]));
  return (name) => {
    const { does, risk } = known.get(name) ?? {};
    if (does === undefined && risk === undefined) return undefined;
    return { ...(does !== undefined && { does }), ...(risk !== undefined && { risk }) };
  };
}
