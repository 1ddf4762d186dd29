import type { KnownNames } from '../../profile/known-names.ts';

/** The names of Google's permissions and services that the catalog holds. */
export async function knownNames(): Promise<KnownNames> {
  const { loadCatalog } = await import('../../simulator/catalog.ts');
  const { permissions, services } = await loadCatalog();
  return { permissions: [...permissions.keys()], services: [...services.keys()] };
}
