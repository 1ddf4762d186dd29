/** `npm run prepare` ends with this: writes what catalog/ says into dist/ as JSON, which `explain` starts from. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { compiledText } from '../catalog/compiled.ts';
import { catalogFolder } from '../profile/catalog-folder.ts';
import { freshCatalog } from './fresh-catalog.ts';

const folder = catalogFolder();
const text = compiledText(await freshCatalog(), folder);
writeFileSync(path.join(folder, '..', 'dist', 'catalog.json'), text);
