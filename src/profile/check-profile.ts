import { isMap, isNode, isScalar, parseDocument, visit } from 'yaml';
import { unknownNames, withNearestName, type KnownNames } from './known-names.ts';
import { parseYaml } from './parse-yaml.ts';
import { ProfileError, type ProfileMistake } from './profile-error.ts';
import type { Profile } from './profile.ts';
import { readProfile } from './read-profile.ts';

/** What came of looking at a whole file: the profile, where there is no mistake in it. */
export type Checked =
  | { ok: true; profile: Profile; unsure: readonly ProfileMistake[] }
  | { ok: false; mistakes: readonly ProfileMistake[]; unsure: readonly ProfileMistake[] };

/**
 * Looks at the text of a profile and finds everything that is wrong in it, in the order of the file.
 * @param file how to name it
 * @param known names that Google is known to have
 */
export function checkProfile(text: string, file: string, known: KnownNames): Checked {
  const first = read(text, file);
  // A key that stands twice hides nothing else, once its repetitions are taken out.
  const single = 'profile' in first || parseYaml(text).ok ? text : withoutRepeated(text);
  const yaml = parseYaml(single);
  const rest = single === text || !yaml.ok ? first : read(single, file);
  const names = yaml.ok ? unknownNames(yaml.value, yaml.place, known) : { slips: [], unsure: [] };
  const told = [...mistakesOf(first), ...(rest === first ? [] : mistakesOf(rest))];
  const mistakes = [...told, ...names.slips]
    .map((mistake) =>
      yaml.ok ? withNearestName(mistake, valueOf(yaml.value, mistake.field), known) : mistake,
    )
    .sort((a, b) => a.line - b.line || a.column - b.column);
  const { unsure } = names;
  if (mistakes.length === 0 && 'profile' in first) return { ok: true, profile: first.profile, unsure };
  return { ok: false, mistakes, unsure };
}

type Read = { profile: Profile } | { error: ProfileError };

function read(text: string, file: string): Read {
  try {
    return { profile: readProfile(text, file) };
  } catch (error) {
    if (error instanceof ProfileError) return { error };
    throw error;
  }
}

function mistakesOf(result: Read): readonly ProfileMistake[] {
  return 'error' in result ? result.error.mistakes : [];
}

/** The text with blanks in the place of fields that stand again in the same map, so that all else keeps its place. */
function withoutRepeated(text: string): string {
  const ranges: [from: number, to: number][] = [];
  visit(parseDocument(text, { uniqueKeys: false }), {
    Map(_, map) {
      const seen = new Set<string>();
      for (const { key, value } of map.items) {
        if (!isScalar(key)) continue;
        const name = String(key.value);
        const to = (isNode(value) ? value.range?.[1] : undefined) ?? key.range?.[1];
        if (seen.has(name) && key.range && to !== undefined && !isMap(key)) ranges.push([key.range[0], to]);
        seen.add(name);
      }
    },
  });
  let single = text;
  for (const [from, to] of ranges)
    single = single.slice(0, from) + single.slice(from, to).replaceAll(/[^\r\n]/gu, ' ') + single.slice(to);
  return single;
}

/** The value at a path such as `permissions[3].name`. */
function valueOf(root: unknown, field: string | undefined): unknown {
  let value = root;
  for (const [, name, at] of field?.matchAll(/([^.[\]]+)|\[(\d+)\]/gu) ?? []) {
    const step = name ?? Number(at);
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = Reflect.get(value, step);
  }
  return value;
}
