import { relative, sep } from 'node:path';
import type { EnvOutcome } from '../handoff/env-file.ts';
import type { EnvTrouble } from '../handoff/env-trouble.ts';
import type { Problem } from '../wizard/problem.ts';

/** Troubles that another file does not have. */
const elsewhere: readonly EnvTrouble['kind'][] = ['too-large', 'not-a-file', 'no-folder', 'system'];

/** What is wrong with an env file, for a person. */
export function envProblem({ kind, what, why, next }: EnvTrouble): Problem {
  return {
    mover: 'person',
    what,
    why,
    next: elsewhere.includes(kind) ? `${next} (--env)` : next,
    exit: 'blocked',
  };
}

/** A path as a person would type it here: `./.env`; absolute where it leads out of this folder. */
export function shownPath(file: string): string {
  const path = relative(process.cwd(), file);
  return path === '' || path.startsWith('..') || path === file ? file : `.${sep}${path}`;
}

/** What stands in the file instead of the key; undefined where there is no file. */
export function foundInstead({ made, added, replaced, closed, changed }: EnvOutcome): string | undefined {
  if (made) return undefined;
  if (!changed && !closed) return 'holds the key as it is now';
  return [
    ...(replaced.length > 0
      ? [`${inWords(replaced)} ${replaced.length === 1 ? 'does' : 'do'} not hold what the key file holds`]
      : []),
    ...(added.length > 0 ? [`${inWords(added)} ${added.length === 1 ? 'is' : 'are'} missing`] : []),
    ...(closed ? ['others on this machine can read it'] : []),
  ].join('; ');
}

/** "A, B and C". */
export function inWords(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}

/** "A and two more". */
export function briefly([first = '', ...rest]: readonly string[]): string {
  const counts = [
    '',
    ' and one more',
    ' and two more',
    ' and three more',
    ' and four more',
    ' and five more',
  ];
  return `${first}${counts[rest.length] ?? ` and ${rest.length} more`}`;
}
