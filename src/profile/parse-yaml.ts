import { isAlias, isCollection, isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import { firstAlias, longLine, yamlRefusals } from './yaml-refusals.ts';
import type { Place, PlaceOf, YamlProblem } from './yaml-refusals.ts';

/** A file that was parsed: its value, and where each part of it stands. */
export type ParsedYaml =
  | { readonly ok: true; readonly value: unknown; readonly place: PlaceOf }
  | { readonly ok: false; readonly problems: readonly YamlProblem[] };

// An alias bomb is nine aliases of nine aliases of …: what counts is how many values come out in the end.
const mostAliasedValues = 100;

/**
 * Parses one YAML 1.2 document. Refuses what would make two readers see different things (keys that stand twice,
 * several documents, unknown tags) and what could exhaust the machine (alias bombs, endless nesting).
 */
export function parseYaml(text: string): ParsedYaml {
  const tooLong = longLine(text);
  if (tooLong) return { ok: false, problems: [tooLong] };
  const lines = new LineCounter();
  const placeOf = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false });
  const broken = [...document.errors, ...document.warnings].map((error) => ({
    ...placeOf(error.pos[0]),
    found: error.message,
    expected: 'YAML',
    remedy: remedies[error.code] ?? 'Mend the YAML there; text with ": " or " #" in it belongs in quotes.',
  }));
  const problems = broken.length > 0 ? broken : yamlRefusals(document, placeOf);
  if (problems.length > 0) return { ok: false, problems };
  try {
    const value: unknown = document.toJS({ maxAliasCount: mostAliasedValues });
    return { ok: true, value, place: (path, part) => placeOf(offsetOf(document, path, part)) };
  } catch (error) {
    // The parser's way of saying that aliases multiply to too many; nothing else is left that it refuses here.
    if (!(error instanceof ReferenceError)) throw error;
    return { ok: false, problems: [{ ...placeOf(firstAlias(document)), ...bomb }] };
  }
}

const bomb = {
  found: `aliases ("*name") that stand for more than ${mostAliasedValues} values`,
  expected: 'few aliases or none',
  remedy: 'Write the values out.',
};

const remedies: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'Indent with spaces.',
  MULTIPLE_DOCS: 'Keep one profile in a file: remove the "---" and what follows it.',
  RESOURCE_EXHAUSTION: 'Nest less: a profile nests 3 deep. Start from the example in catalog/README.md.',
  TAG_RESOLVE_FAILED: 'Remove the tag ("!…"), or put the text in quotes.',
};

/** Where the deepest existing part of `path` starts. A field that stands empty counts where its name stands. */
function offsetOf(
  document: Document,
  path: readonly PropertyKey[],
  part: 'value' | 'field' = 'value',
): number {
  let node: unknown = document.contents;
  let offset = document.contents?.range?.[0] ?? 0;
  for (const [at, step] of path.entries()) {
    const here = isAlias(node) ? node.resolve(document) : node;
    if (isMap(here)) {
      const pair = here.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      if (!pair || !isScalar(pair.key)) break;
      node = pair.value;
      const empty = isScalar(pair.value) && pair.value.value === null;
      const field = empty || (part === 'field' && at === path.length - 1);
      offset = (field ? undefined : startOf(pair.value)) ?? startOf(pair.key) ?? offset;
    } else if (isSeq(here) && typeof step === 'number') {
      node = here.items[step];
      offset = startOf(node) ?? offset;
    } else break;
  }
  return offset;
}

function startOf(node: unknown): number | undefined {
  return isScalar(node) || isCollection(node) || isAlias(node) ? node.range?.[0] : undefined;
}
