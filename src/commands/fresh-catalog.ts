import type { Catalog } from '../catalog/model.ts';
import { readCatalog } from '../catalog/read-catalog.ts';
import { catalogFolder } from '../profile/catalog-folder.ts';
import { listProfiles } from '../profile/load.ts';
import { usesOf } from './profile-uses.ts';

/** The catalog from its YAML, with what its profiles ask for. @throws CatalogError, ProfileError */
export async function freshCatalog(): Promise<Catalog> {
  const profiles = await listProfiles();
  return readCatalog(catalogFolder(), profiles.flatMap(usesOf));
}
