import { permissionsOfRole } from '../../profile/asked-on.ts';
import type { Profile } from '../../profile/profile.ts';
import type { Goal } from '../../steps/goal.ts';
import type { Option } from '../../wizard/question.ts';
import { nothingLeftOut } from '../without-answer.ts';
import type { Talk } from './talk.ts';

const done = 'done';

/** The permissions of the role among what can be chosen otherwise; nothing where no role is made. */
export function permissionsOption(profile: Profile, { answers }: Goal): Option[] {
  const { without } = answers;
  const all = permissionsOfRole(profile).length;
  if (all === 0) return [];
  const one: Option = {
    id: 'permissions',
    label: 'permissions',
    columns: [
      without === undefined ? `all ${all}` : `${all - without.permissions.length} of ${all}`,
      without?.source ?? 'asked by the profile',
    ],
    detail: 'Each with its reason. The role can do without what your program does not need.',
  };
  return [one];
}

/**
 * Lets a person leave out permissions, and take them in again. Gives the names of those that are left out, separated by
 * commas, or `none`.
 * @param profile with all of its permissions
 * @throws LeftError where the person leaves
 */
export async function askPermissions(talk: Talk, profile: Profile, { answers }: Goal): Promise<string> {
  const all = permissionsOfRole(profile);
  const out = new Set(answers.without?.permissions.map(({ name }) => name));
  let last: string | undefined;
  for (;;) {
    const kept = all.length - out.size;
    const chosen = await talk.ask({
      kind: 'choice',
      id: 'permissions',
      at: 'role',
      title: `The role gets ${kept} of ${all.length} permissions.`,
      why: 'Choosing one leaves it out, or takes it in again. Type to search.',
      flag: '--without',
      canGoBack: true,
      noun: 'permission',
      filter: true,
      loading: false,
      ...(last !== undefined && { initial: last }),
      options: [
        {
          id: done,
          label: 'that is all',
          columns: [out.size === 0 ? 'nothing is left out' : `${out.size} left out`],
          pinned: true,
        },
        ...all.map(({ name, why, warning }) => ({
          id: name,
          label: name,
          columns: [out.has(name) ? 'left out' : 'kept', why],
          detail: `${out.has(name) ? 'Left out, so this fails' : 'Without it this fails'}: ${why}${warning === undefined ? '' : ` ${warning}`}`,
          ...(kept === 1 && !out.has(name) && { unavailable: 'the last one: a role needs at least one' }),
        })),
      ],
    });
    if (chosen.kind !== 'chosen' || chosen.id === done)
      return out.size === 0 ? nothingLeftOut : [...out].join(',');
    if (!out.delete(chosen.id)) out.add(chosen.id);
    last = chosen.id;
  }
}
