import type { Catalog } from '../catalog/model.ts';
import { compiledCatalog } from './compiled-catalog.ts';

export { liveData } from './compiled-catalog.ts';

/** What the catalog holds: as it was compiled, or from its YAML where it was edited or not compiled. */
export async function catalogData(): Promise<Catalog> {
  const compiled = compiledCatalog();
  if (compiled) return compiled;
  const { freshCatalog } = await import('./fresh-catalog.ts');
  return freshCatalog();
}
