import type * as z from 'zod';
import { explain, firstOf } from './explain.ts';
import { parseYaml } from './parse-yaml.ts';
import { printable } from './printable.ts';
import { ProfileError } from './profile-error.ts';
import type { Profile } from './profile.ts';
import { refusals, type Refusal } from './refusals.ts';
import { otherRefusals } from './salvage.ts';
import { profileSchema } from './schema.ts';

/**
 * Reads a profile from the text of its file.
 * @param file - how to name the file in an error
 * @throws ProfileError (`invalid`) with line, column and remedy of the first problem in the file.
 */
export function readProfile(text: string, file: string): Profile {
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
  const between = result.success ? refusals(result.data) : otherRefusals(yaml.value, result.error.issues);
  if (result.success && between.length === 0) return result.data;
  const issues = [...(result.error?.issues ?? []), ...between.map(asIssue)];
  throw new ProfileError(firstOf(explain(issues, yaml.value, yaml.place), shown));
}

function asIssue({ rule, path, first }: Refusal): z.core.$ZodIssue {
  return { code: 'custom', message: rule, path, input: undefined, ...(first && { params: { first } }) };
}
