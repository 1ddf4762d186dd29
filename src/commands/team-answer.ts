import { isMember, isServiceAgent } from '../profile/member.ts';
import type { Profile } from '../profile/profile.ts';
import type { Answers } from '../steps/goal.ts';
import type { Journal } from '../wizard/journal.ts';
import type { RunFlags } from './run-flags.ts';
import { shown } from './shown.ts';
import { usage } from './usage.ts';

/** Nobody any more, whoever was named before. */
const nobody = 'none';

/**
 * People who get what the profile grants to people, besides those that it names: as the flag says, else as an earlier run was
 * told.
 * @throws ProblemError for who is none of these, and where the profile grants nothing to people
 */
export function teamAnswer(
  { member }: RunFlags,
  profile: Profile,
  earlier: Journal['answers'],
): Pick<Answers, 'team'> {
  if (member === undefined) {
    const before = listed(earlier['member']).filter(isMember);
    return before.length === 0 ? {} : { team: { members: before, source: 'you chose it before' } };
  }
  if (member === nobody) return {};
  if (profile.team.length === 0)
    throw usage(
      `--member: the profile ${profile.name} grants nothing to people`,
      'leave --member out, or name a profile that has a team',
    );
  const members = listed(member);
  for (const each of members.length === 0 ? [member] : members) {
    if (isServiceAgent(each))
      throw usage(
        `--member: ${shown(each)} is an agent of Google itself, which is never touched`,
        'name people: --member=user:you@example.com',
      );
    if (!isMember(each))
      throw usage(
        `--member: ${shown(each)} is not user:EMAIL, group:EMAIL or domain:NAME`,
        'write it as policies do: --member=user:you@example.com',
      );
  }
  return { team: { members, source: 'you gave --member' } };
}

function listed(text = ''): string[] {
  return [...new Set(text.split(',').map((each) => each.trim()))].filter((each) => each !== '');
}
