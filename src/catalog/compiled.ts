import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Catalog } from './model.ts';

// YAML and zod take longer to load, and the files to parse, than all the rest of `explain`. So the package carries what
// they say as JSON, too; where somebody has edited a file since, it is not used.

/** Who copies a package writes one file after the other: only what is newer by more than this, in ms, was edited. */
const copying = 60_000;

/** The folders and files of catalog/ that it is made of. */
const parts = ['.', 'permissions', 'roles', 'methods', 'profiles'];

interface Compiled {
  readonly v: 1;
  /** Names and sizes of the files that it was made from. */
  readonly files: string;
  readonly catalog: Catalog;
}

/** The text of the compiled file. @param folder the catalog's */
export function compiledText(catalog: Catalog, folder: string): string {
  return JSON.stringify({ v: 1, files: filesIn(folder).list, catalog } satisfies Compiled);
}

/** The catalog as it was compiled; undefined where it was not, or a file was edited since. */
export function readCompiled(file: string, folder: string): Catalog | undefined {
  let text: string;
  let made: number;
  try {
    text = readFileSync(file, 'utf8');
    made = statSync(file).mtimeMs;
  } catch {
    return undefined;
  }
  const { list, newest } = filesIn(folder);
  if (newest > made + copying) return undefined;
  const value: unknown = JSON.parse(text);
  return isCompiled(value) && value.files === list ? value.catalog : undefined;
}

/** We have written it ourselves, from what was checked. */
function isCompiled(value: unknown): value is Compiled {
  return typeof value === 'object' && value !== null && 'v' in value && value.v === 1 && 'catalog' in value;
}

function filesIn(folder: string): { list: string; newest: number } {
  let newest = 0;
  const list = parts.flatMap((part) =>
    readdirSync(path.join(folder, part))
      .filter((name) => name.endsWith('.yaml'))
      .sort()
      .map((name) => {
        const { size, mtimeMs } = statSync(path.join(folder, part, name));
        newest = Math.max(newest, mtimeMs);
        return `${part}/${name} ${size}`;
      }),
  );
  return { list: list.join('\n'), newest };
}
