import type { Access } from '../steps/goal.ts';
import { asMember } from '../steps/member.ts';
import type { Journal } from '../wizard/journal.ts';
import { shown } from './shown.ts';
import type { RunFlags } from './run-flags.ts';
import { unanswered, usage } from './usage.ts';

/** A principal as allow policies name it (IAM docs, principal identifiers); a domain or everybody may not act as anybody. */
export const memberForm = /^(?:user|serviceAccount|group):[^\s@]+@[^\s@]+$|^principal(?:Set)?:\/\/\S+$/;

/**
 * How programs are to sign in: as the flags say, else as an earlier run was told, else with a key.
 * @param email of the operator, where it is known
 * @param earlier of the journal
 * @throws ProblemError where an answer is missing or cannot be one
 */
export function accessAnswer(
  flags: RunFlags,
  email: string | undefined,
  earlier: Journal['answers'],
): Access {
  const kind = flags.keyless ?? earlier['keyless'] ?? 'none';
  const source = flags.keyless === undefined ? 'you chose it before' : 'you chose to do without a key';
  if (kind !== 'impersonation') return { kind: 'key' };
  return { kind, member: memberAnswer(flags, email, earlier['impersonator']), source };
}

/** What the journal remembers of it. */
export function rememberedAccess(access: Access): Record<string, string> {
  switch (access.kind) {
    case 'key':
      return {};
    case 'impersonation':
      return { keyless: access.kind, impersonator: access.member };
  }
}

function memberAnswer(
  { impersonator }: RunFlags,
  email: string | undefined,
  earlier: string | undefined,
): string {
  if (impersonator !== undefined && !memberForm.test(impersonator))
    throw usage(
      `--impersonator: ${shown(impersonator)} is not a principal`,
      'write it as policies do: --impersonator=user:you@example.com',
    );
  const found = impersonator ?? earlier ?? (email && asMember(email));
  if (found !== undefined) return found;
  throw unanswered(
    'who is to act as the account? Your credentials do not say who you are',
    'name them: --impersonator=user:you@example.com',
  );
}
