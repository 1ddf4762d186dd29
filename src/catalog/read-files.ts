import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';
import type * as z from 'zod';
import { CatalogError } from './catalog-error.ts';
import {
  acknowledgedForm,
  methodsForm,
  notesForm,
  permissionsForm,
  rolesForm,
  sourcesForm,
} from './forms.ts';

/** A catalog file that was checked, and its name from the catalog's folder. */
export interface Checked<T> {
  readonly file: string;
  readonly content: T;
}

/** The content of all files, each checked against its form. */
export interface CatalogFiles {
  readonly sources: z.infer<typeof sourcesForm>;
  readonly permissions: readonly Checked<z.infer<typeof permissionsForm>>[];
  readonly roles: readonly Checked<z.infer<typeof rolesForm>>[];
  readonly methods: readonly Checked<z.infer<typeof methodsForm>>[];
  readonly notes: z.infer<typeof notesForm>;
  readonly acknowledged: z.infer<typeof acknowledgedForm>;
}

/**
 * Reads and checks the files of a catalog folder, but not its profiles and worlds.
 * @param wrong told what is wrong with a file, which is then left out; absent: the first such file throws
 * @throws CatalogError
 */
export async function readFiles(
  folder: string,
  wrong?: (error: CatalogError) => void,
): Promise<CatalogFiles> {
  const one = async <T>(schema: z.ZodType<T>, file: string, otherwise: T): Promise<T> => {
    try {
      return check(schema, file, await readFile(path.join(folder, file), 'utf8'));
    } catch (error) {
      if (!(error instanceof CatalogError) || !wrong) throw error;
      wrong(error);
      return otherwise;
    }
  };
  const all = async <T>(schema: z.ZodType<T>, below: string): Promise<Checked<T>[]> => {
    const names = (await readdir(path.join(folder, below))).filter((name) => name.endsWith('.yaml')).sort();
    const read = names.map(async (name) => {
      const file = `${below}/${name}`;
      const content = await one<T | undefined>(schema, file, undefined);
      return content === undefined ? [] : [{ file, content }];
    });
    return (await Promise.all(read)).flat();
  };
  const [sources, permissions, roles, methods, notes, acknowledged] = await Promise.all([
    one(sourcesForm, 'sources.yaml', {}),
    all(permissionsForm, 'permissions'),
    all(rolesForm, 'roles'),
    all(methodsForm, 'methods'),
    one(notesForm, 'notes.yaml', {}),
    one(acknowledgedForm, 'acknowledged.yaml', []),
  ]);
  return { sources, permissions, roles, methods, notes, acknowledged };
}

function check<T>(schema: z.ZodType<T>, file: string, text: string): T {
  let value: unknown;
  try {
    value = parse(text, { prettyErrors: true });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new CatalogError(`catalog/${file} is no YAML: ${error.message.split('\n')[0] ?? ''}`, mend);
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const says = result.error.issues.map(({ path: at, message }) => `${at.join('.')}: ${message}`);
  throw new CatalogError(`catalog/${file} is not as it should be: ${says.join('; ')}`, mend);
}

const mend = 'Mend the file; catalog/README.md describes the form.';
