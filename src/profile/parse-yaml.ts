import { isAlias, isCollection, isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { Document, Pair, YAMLError, YAMLMap } from 'yaml';
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
  const broken = [...document.errors, ...document.warnings].filter(worst).map((error) => ({
    ...placeOf(error.pos[0]),
    found: founds[error.code] ?? error.message,
    expected: 'YAML',
    remedy: remedies[error.code] ?? 'Mend the YAML there; text with ": " or " #" in it belongs in quotes.',
  }));
  const problems = broken.length > 0 ? broken : yamlRefusals(document, placeOf);
  if (problems.length > 0) return { ok: false, problems };
  try {
    const offsetOf = offsetsIn(document);
    const value: unknown = document.toJS({ maxAliasCount: mostAliasedValues });
    return { ok: true, value, place: (path, part) => placeOf(offsetOf(path, part)) };
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

// Where the parser's own words say how it failed, and not what it found.
const founds: Readonly<Record<string, string>> = { RESOURCE_EXHAUSTION: 'lists and maps nested too deep' };

/** When the parser gave up, what it says before that is only how it got there. */
function worst(error: YAMLError, _: number, all: readonly YAMLError[]): boolean {
  return error.code === 'RESOURCE_EXHAUSTION' || !all.some(({ code }) => code === 'RESOURCE_EXHAUSTION');
}

const remedies: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'Indent with spaces.',
  MULTIPLE_DOCS: 'Keep one profile in a file: remove the "---" and what follows it.',
  RESOURCE_EXHAUSTION: 'Nest less: a profile nests 4 deep. Start from the example in catalog/README.md.',
  TAG_RESOLVE_FAILED: 'Remove the tag ("!…"), or put the text in quotes.',
};

/** Gives where the deepest existing part of a path starts. A field that stands empty counts where its name stands. */
function offsetsIn(document: Document) {
  // Looked up rather than searched for: a hostile file has as many fields as problems.
  const looked = new WeakMap<YAMLMap, Map<string, Pair>>();
  const pairsOf = (map: YAMLMap): Map<string, Pair> => {
    const pairs = looked.get(map) ?? new Map(map.items.map((pair) => [nameOf(pair), pair]));
    looked.set(map, pairs);
    return pairs;
  };
  return (path: readonly PropertyKey[], part: 'value' | 'field' = 'value'): number => {
    let node: unknown = document.contents;
    let offset = document.contents?.range?.[0] ?? 0;
    for (const [at, step] of path.entries()) {
      const here = isAlias(node) ? node.resolve(document) : node;
      if (isMap(here)) {
        const pair = pairsOf(here).get(String(step));
        if (!pair) break;
        node = pair.value;
        const empty = isScalar(node) && node.value === null;
        const field = empty || (part === 'field' && at === path.length - 1);
        offset = (field ? undefined : startOf(node)) ?? startOf(pair.key) ?? offset;
      } else if (isSeq(here) && typeof step === 'number') {
        node = here.items[step];
        offset = startOf(node) ?? offset;
      } else break;
    }
    return offset;
  };
}

function nameOf({ key }: Pair): string {
  return isScalar(key) ? String(key.value) : '';
}

function startOf(node: unknown): number | undefined {
  return isScalar(node) || isCollection(node) || isAlias(node) ? node.range?.[0] : undefined;
}
