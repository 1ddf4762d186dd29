import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The folder of data that people edit. Sources and bundle lie at different depths, so the search goes upwards
 * from this file to the package's own package.json. Throws when the package is not whole.
 */
export function catalogFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest) && /"name":\s*"iamready"/.test(readFileSync(manifest, 'utf8'))) {
      return join(folder, 'catalog');
    }
    const parent = dirname(folder);
    if (parent === folder) throw new Error('The folder of the package iamready was not found.');
    folder = parent;
  }
}
