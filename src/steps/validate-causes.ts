import type { Journal } from '../wizard/journal.ts';
import type { Check, Fact } from '../wizard/step.ts';
import type { Complaint, ToldCause, Tools } from './goal.ts';
import type { SeenProof, WantedProof } from './validate-seen.ts';

/** What was seen, with why the account lacks what it lacks, as far as somebody can look into that. */
export async function withCauses(
  tools: Tools,
  wanted: WantedProof,
  seen: SeenProof,
  journal: Journal,
): Promise<SeenProof> {
  const complaint = complaintOf(wanted, seen);
  if (complaint === undefined) return seen;
  // Where nobody has ever signed in, the other steps tell what there is to be made.
  if (complaint.refusal !== undefined && journal.receipt('validate') === undefined) return seen;
  // What stands in the way is told all the same where nobody can tell why.
  const causes = await tools.diagnose?.(wanted.goal, complaint, journal).catch(() => undefined);
  return causes === undefined ? seen : { ...seen, causes };
}

function complaintOf({ asked }: WantedProof, seen: SeenProof): Complaint | undefined {
  if (seen.kind === 'refused' || seen.kind === 'not-yet')
    return { lacking: namesIn(asked, () => true), refusal: seen.error };
  if (seen.kind !== 'tested') return undefined;
  const lacking = new Set(seen.tested.map(({ name }) => name).filter((name) => !seen.granted.has(name)));
  return { lacking: namesIn(asked, (name) => lacking.has(name)) };
}

function namesIn(asked: WantedProof['asked'], isLacking: (name: string) => boolean): Complaint['lacking'] {
  return new Map([...asked].map(([on, all]) => [on, all.map(({ name }) => name).filter(isLacking)]));
}

/** Each cause as a line of its own. */
export function causeFacts({ causes = [] }: SeenProof): Fact[] {
  return causes.map((cause) => {
    const { permissions, what } = cause;
    const whose = permissions.length === 0 ? '' : `${permissions.join(', ')}: `;
    return { tone: 'attention', text: `${whose}${what}; ${remedyOf(cause)}` };
  });
}

/** The remedy, and the command that does it. */
export function remedyOf({ remedy, command }: ToldCause): string {
  return command === undefined ? remedy : `${remedy}: ${command}`;
}

/** A permission as it was tested, with what stands in its way. */
export function checkOf(name: string, ok: boolean, { causes = [] }: SeenProof): Check {
  const cause = ok
    ? undefined
    : causes.find(({ permissions }) => permissions.length === 0 || permissions.includes(name));
  return { name, ok, ...(cause && { cause: cause.what, remedy: remedyOf(cause) }) };
}

/** True if everything that is lacking is kept away by something that does not pass by itself. */
export function isInVain({ causes = [], ...seen }: SeenProof): boolean {
  if (seen.kind !== 'tested') return false;
  const lasting = causes.filter(({ passes }) => !passes);
  return seen.tested.every(
    ({ name }) =>
      seen.granted.has(name) ||
      lasting.some(({ permissions }) => permissions.length === 0 || permissions.includes(name)),
  );
}
