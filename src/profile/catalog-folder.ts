import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The package's `catalog/` folder, as an absolute path. Found by walking up to the folder whose package.json is
 * ours, because this code runs from `src/profile/` in tests and from the flat `dist/` when installed.
 * @throws Error when no such folder is above: the installation is broken.
 */
export function catalogFolder(): string {
  const start = path.dirname(fileURLToPath(import.meta.url));
  for (let folder = start; ; folder = path.dirname(folder)) {
    if (isOurs(folder)) return path.join(folder, 'catalog');
    if (folder === path.dirname(folder))
      throw new Error(`no package.json named "iamready" above ${start}: the installation is broken`);
  }
}

function isOurs(folder: string): boolean {
  try {
    const manifest: unknown = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
    return (
      typeof manifest === 'object' && manifest !== null && 'name' in manifest && manifest.name === 'iamready'
    );
  } catch {
    return false; // no package.json there, or one that is not ours to judge: look further up
  }
}
