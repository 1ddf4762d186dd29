import { isAlias, isCollection, isMap, isScalar, isSeq, LineCounter, parseDocument, visit } from 'yaml';
import type { Document } from 'yaml';

/** A place in a file, counted from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Something that is not YAML as we take it. */
export interface YamlProblem extends Place {
  readonly found: string;
  readonly expected: string;
  readonly remedy: string;
}

/** A file that was parsed: its value, and where each part of it stands. */
export type ParsedYaml =
  | { readonly ok: true; readonly value: unknown; readonly place: (path: readonly PropertyKey[]) => Place }
  | { readonly ok: false; readonly problems: readonly YamlProblem[] };

// A profile needs no more; an alias bomb multiplies to far more than that.
const mostAliases = 100;
// One line of a hundred thousand "? " keeps the parser busy for minutes.
const longestLine = 2000;

/**
 * Parses one YAML 1.2 document. Refuses what would make two readers see different things (double keys, several
 * documents, unknown tags) and what could exhaust the machine (alias bombs, endless nesting).
 */
export function parseYaml(text: string): ParsedYaml {
  const long = longLine(text);
  if (long) return { ok: false, problems: [long] };
  const lines = new LineCounter();
  const placeOf = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  // Double keys are looked for below: the parser's own check takes quadratic time in a hostile file.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false });
  const problems = [...document.errors, ...document.warnings].map((error): YamlProblem => ({
    ...placeOf(error.pos[0]),
    found: error.message,
    expected: 'YAML',
    remedy: remedies[error.code] ?? 'Mend the YAML there; text with ": " or " #" in it belongs in quotes.',
  }));
  problems.push(...doubleKeys(document, placeOf));
  if (problems.length > 0) return { ok: false, problems };
  try {
    const value: unknown = document.toJS({ maxAliasCount: mostAliases });
    return { ok: true, value, place: (path) => placeOf(offsetOf(document, path)) };
  } catch {
    // What remains at this point is aliases: too many once multiplied, or one inside its own anchor.
    return { ok: false, problems: [{ ...placeOf(firstAlias(document)), ...aliasWords }] };
  }
}

const aliasWords = {
  found: `aliases ("*name") that stand for more than ${mostAliases} values, or for themselves`,
  expected: 'few aliases or none',
  remedy: 'Write the values out.',
};
const remedies: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'Indent with spaces.',
  MULTIPLE_DOCS: 'Keep one profile in a file: remove the "---" and what follows it.',
  BAD_ALIAS: 'Put text that starts with "*" or "&" in quotes.',
  RESOURCE_EXHAUSTION: 'Nest less: a profile nests 3 deep. Start from the example in catalog/README.md.',
  TAG_RESOLVE_FAILED: 'Remove the tag ("!…"), or put the text in quotes.',
};

function longLine(text: string): YamlProblem | undefined {
  const at = text.split('\n').findIndex((line) => line.length > longestLine);
  if (at === -1) return undefined;
  return {
    line: at + 1,
    column: 1,
    found: `a line of more than ${longestLine} characters`,
    expected: 'shorter lines',
    remedy: 'Break it: text after ">-" may go on over several lines.',
  };
}

function doubleKeys(document: Document, placeOf: (offset: number) => Place): YamlProblem[] {
  const problems: YamlProblem[] = [];
  visit(document, {
    Map(_, map) {
      const seen = new Map<string, number>();
      for (const { key } of map.items) {
        if (!isScalar(key)) continue;
        const name = String(key.value);
        const offset = key.range?.[0] ?? 0;
        const first = seen.get(name);
        if (first === undefined) seen.set(name, offset);
        else
          problems.push({
            ...placeOf(offset),
            found: `the key "${name}" again, first on line ${placeOf(first).line}`,
            expected: 'each key once',
            remedy: 'Remove one of the two.',
          });
      }
    },
  });
  return problems;
}

/** Where the deepest existing part of `path` starts. A key without a value counts where the key stands. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  let node: unknown = document.contents;
  let offset = document.contents?.range?.[0] ?? 0;
  for (const step of path) {
    const here = isAlias(node) ? node.resolve(document) : node;
    if (isMap(here)) {
      const pair = here.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      if (!pair || !isScalar(pair.key)) break;
      node = pair.value;
      const empty = isScalar(pair.value) && pair.value.value === null;
      offset = (empty ? undefined : startOf(pair.value)) ?? startOf(pair.key) ?? offset;
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

function firstAlias(document: Document): number {
  let offset = 0;
  visit(document, {
    Alias(_, alias) {
      offset = alias.range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return offset;
}
