import { compiledCatalog, liveData } from './compiled-catalog.ts';
import { explanation } from './explanation.ts';

/**
 * `explain NAME [--json]` without the rest of the program, where all goes well: the catalog is as it was compiled, and it
 * knows the name.
 * @param args what stands behind `explain`
 * @param whole starts the whole program, which says what is wrong; also called where stdout cannot be written
 * @returns false where the whole program has to answer
 */
export function explainQuickly(args: readonly string[], whole: () => unknown): boolean {
  const words = args.filter((arg) => arg !== '--json');
  if (words.length === 0 || words.some((word) => word.startsWith('-'))) return false;
  const text = textFor(words.join(' '), words.length < args.length);
  if (text === undefined) return false;
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // Whoever reads along may go away (| head).
    if (error.code !== 'EPIPE') whole();
  });
  process.stdout.write(text);
  return true;
}

function textFor(word: string, json: boolean): string | undefined {
  try {
    const catalog = compiledCatalog();
    const columns = process.stdout.columns as number | undefined;
    return catalog && explanation(word, catalog, liveData(process.env), { json, columns });
  } catch {
    return undefined; // the whole program comes to the same, and tells it
  }
}
