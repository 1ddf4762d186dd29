import { isScalar, visit } from 'yaml';
import type { Document, YAMLMap } from 'yaml';

/** Where something stands in a file, counted from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Gives where a part of the file stands: its value, or the name of the field that holds it. */
export type PlaceOf = (path: readonly PropertyKey[], part?: 'value' | 'field') => Place;

/** Something that is not YAML as profiles take it. */
export interface YamlProblem extends Place {
  readonly found: string;
  readonly expected: string;
  readonly remedy: string;
}

// One line of a hundred thousand "? " keeps the parser busy for minutes.
const longestLine = 2000;
// Each alias is looked up in the whole file; a profile needs hardly any.
const mostAliases = 100;

/** A line that is too long to be parsed in reasonable time. */
export function longLine(text: string): YamlProblem | undefined {
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

/**
 * What the parser lets pass and two readers would understand differently: keys that stand twice or are no plain
 * text (the parser's own check of the former takes quadratic time in a hostile file), and aliases that stand for
 * nothing, for themselves, or in masses.
 * @param placeOf - line and column of an offset in the file
 */
export function yamlRefusals(document: Document, placeOf: (offset: number) => Place): YamlProblem[] {
  const problems: YamlProblem[] = [];
  let aliases = 0;
  const refuse = (offset: number | undefined, found: string, expected: string, remedy: string) =>
    problems.push({ ...placeOf(offset ?? 0), found, expected, remedy });
  visit(document, {
    Map(_, map: YAMLMap) {
      const seen = new Map<string, number>();
      for (const { key } of map.items) {
        if (!isScalar(key)) {
          refuse(map.range?.[0], 'a key that is no plain text', 'the name of a field', 'Write the name out.');
          continue;
        }
        const name = String(key.value);
        const offset = key.range?.[0] ?? 0;
        const first = seen.get(name);
        if (first === undefined) seen.set(name, offset);
        else
          refuse(
            offset,
            `the key "${name}" again, first on line ${placeOf(first).line}`,
            'each key once',
            'Remove one of the two.',
          );
      }
    },
    Alias(_, alias, ancestors) {
      const offset = alias.range?.[0];
      const writeOut = 'Write the values out.';
      if (++aliases > mostAliases) {
        refuse(offset, `more than ${mostAliases} aliases ("*${alias.source}")`, 'few or none', writeOut);
        return visit.BREAK;
      }
      const target = alias.resolve(document);
      if (target === undefined)
        refuse(
          offset,
          `an alias that stands for nothing ("*${alias.source}")`,
          'an anchor before it',
          'Put text that starts with "*" in quotes.',
        );
      else if (ancestors.includes(target))
        refuse(offset, `an alias of what it stands in ("*${alias.source}")`, 'no circles', writeOut);
      return undefined;
    },
  });
  return problems;
}

/** Where the first alias of the file stands, as an offset. */
export function firstAlias(document: Document): number {
  let offset = 0;
  visit(document, {
    Alias(_, alias) {
      offset = alias.range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return offset;
}
