import type { Catalog } from '../catalog/model.ts';
import { readCatalog } from '../catalog/read-catalog.ts';
import { catalogFolder } from '../profile/catalog-folder.ts';
import { listProfiles } from '../profile/load.ts';
import { usesOf } from './profile-uses.ts';

let loaded: Promise<Catalog> | undefined;

/** The catalog from its YAML, with what its profiles ask for, once a process. @throws CatalogError, ProfileError */
export function freshCatalog(): Promise<Catalog> {
  return (loaded ??= read());
}

async function read(): Promise<Catalog> {
  const profiles = await listProfiles();
  return readCatalog(catalogFolder(), profiles.flatMap(usesOf));
}
