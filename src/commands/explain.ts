import { catalogData, liveData } from './catalog-data.ts';
import { explanation } from './explanation.ts';
import { unknownName } from './unknown-name.ts';
import { written, type Output } from './written.ts';

/** What `iamready explain` was asked. */
export interface ExplainRequest extends Output {
  /** A permission, role, method, service or any word. */
  readonly word: string;
}

/**
 * Prints what the catalog knows of a thing, and what a refreshed list adds. Asks no cloud.
 * @throws ProblemError when it knows no such thing, with the nearest names; CatalogError when a file is not as it should be
 */
export async function explain({ word, out, env = process.env, ...form }: ExplainRequest): Promise<void> {
  const catalog = await catalogData();
  const live = liveData(env);
  const text = explanation(word, catalog, live, form);
  if (text === undefined) throw unknownName(word, catalog, live);
  return written(out, text);
}
