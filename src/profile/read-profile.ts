import type * as z from 'zod';
import { explain, firstOf } from './explain.ts';
import { parseYaml } from './parse-yaml.ts';
import { levelRefusals } from './level-refusals.ts';
import { printable } from './printable.ts';
import { ProfileError } from './profile-error.ts';
import type { Profile } from './profile.ts';
import { refusals, type Refusal } from './refusals.ts';
import { otherRefusals } from './salvage.ts';
import { profileSchema } from './schema.ts';

/**
 * Reads a profile from the text of its file.
 * @param file - how to name the file in an error
 * @param isOurs - one of the package, which tests hold to what Google takes: it is not looked up on each run
 * @throws ProfileError (`invalid`) with line, column and remedy of the first problem in the file.
 */
export function readProfile(text: string, file: string, isOurs = false): Profile {
  const shown = printable(file, 200);
  const yaml = parseYaml(text);
  if (!yaml.ok) {
    const findings = yaml.problems
      .map((problem) => ({ ...problem, found: printable(problem.found, 200) }))
      .map((problem) => ({ ...problem, says: `found ${problem.found}` }))
      .sort((a, b) => a.line - b.line || a.column - b.column);
    throw new ProfileError(firstOf(findings, shown));
  }
  const result = profileSchema.safeParse(yaml.value);
  const judge = (profile: Profile): Refusal[] => [
    ...refusals(profile),
    ...(isOurs ? [] : levelRefusals(profile)),
  ];
  const between = result.success ? judge(result.data) : otherRefusals(yaml.value, result.error.issues, judge);
  if (result.success && between.length === 0) return result.data;
  const issues = [...(result.error?.issues ?? []), ...between.map(asIssue)];
  throw new ProfileError(firstOf(explain(issues, yaml.value, yaml.place), shown));
}

function asIssue({ rule, path, first, why }: Refusal): z.core.$ZodIssue {
  const params = { ...(first && { first }), ...(why !== undefined && { why }) };
  return { code: 'custom', message: rule, path, input: undefined, params };
}
