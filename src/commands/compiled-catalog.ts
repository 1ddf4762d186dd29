import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readCompiled } from '../catalog/compiled.ts';
import type { Live } from '../catalog/live.ts';
import { liveFrom } from '../catalog/live-text.ts';
import type { Catalog } from '../catalog/model.ts';
import { catalogFolder } from '../profile/catalog-folder.ts';
import { cacheFolder } from './folders.ts';

/** The catalog as it was compiled; undefined where it was not, or was edited since. */
export function compiledCatalog(): Catalog | undefined {
  // Sources are not compiled, and what lies in dist/ was made by other code.
  const here = import.meta.dirname;
  if (path.basename(here) !== 'dist') return undefined;
  return readCompiled(path.join(here, 'catalog.json'), catalogFolder());
}

/** Where a refreshed list is kept. */
export function liveFile(env: NodeJS.ProcessEnv): string {
  return path.join(cacheFolder(env), 'catalog.txt');
}

/**
 * What was refreshed; undefined where nothing was.
 * @throws CatalogError when the file is not what `catalog refresh` has written
 */
export function liveData(env: NodeJS.ProcessEnv): Live | undefined {
  const file = liveFile(env);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
  return liveFrom(text, file);
}
