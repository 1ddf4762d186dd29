import { duration } from './ago.ts';
import type { Cause, Evidence } from './cause.ts';
import { isSame } from './faults.ts';
import type { Grants, Held } from './grants.ts';
import type { Looking } from './looking.ts';
import { roleShown } from './words.ts';

/** Google: a policy change typically takes 2 minutes, at times 7 or more (IAM docs, access change propagation). */
const usuallyMs = 120_000;
const atMostMs = 600_000;

interface Write {
  at: Date;
  what: string;
  evidence: Evidence;
}

/**
 * That a change is still on its way: all is in place, and what was written last is minutes old.
 * @param inPlace bindings that give what is lacking, by permission
 */
export function propagatingCauses(
  inPlace: ReadonlyMap<string, readonly Held[]>,
  grants: Grants,
  look: Looking,
): Cause[] {
  const now = look.now();
  const found = [...inPlace].flatMap(([permission, held]) => {
    const writes = held.flatMap((each) => writesOf(each, grants));
    const last = writes.toSorted((one, other) => other.at.getTime() - one.at.getTime())[0];
    return last !== undefined && now.getTime() - last.at.getTime() < atMostMs ? [{ permission, last }] : [];
  });
  return [...Map.groupBy(found, ({ last }) => last.what).values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { at, what, evidence } = first.last;
    const age = now.getTime() - at.getTime();
    const wait = Math.max(60_000, (age < usuallyMs ? usuallyMs : atMostMs) - age);
    return [
      {
        kind: 'propagating',
        permissions: group.map(({ permission }) => permission),
        what: `all is in place, and ${what} was written ${duration(age)} ago: Google usually takes 2 minutes, at times 7 or more`,
        remedy: `wait, and ask again in ${duration(wait)}`,
        evidence: [evidence],
      },
    ];
  });
}

function writesOf({ role, level }: Held, { policies, roles }: Grants): Write[] {
  const writes: Write[] = [];
  const read = policies.find((each) => isSame(each.level, level))?.read;
  if (read !== undefined && !('unread' in read)) {
    const at = writtenAt(read.value.etag);
    if (at)
      writes.push({
        at,
        what: 'the allow policy',
        evidence: read.cite(`by its etag, written at ${at.toISOString()}`),
      });
  }
  const ofRole = roles.get(role);
  if (ofRole !== undefined && !('unread' in ofRole) && ofRole.value?.etag !== undefined) {
    const at = writtenAt(ofRole.value.etag);
    if (at)
      writes.push({
        at,
        what: `the role ${roleShown(role)}`,
        evidence: ofRole.cite(`by its etag, written at ${at.toISOString()}`),
      });
  }
  return writes;
}

/** When an allow policy or a custom role was written, by its etag: 0x07, then microseconds in seven bytes (recorded). */
export function writtenAt(etag: string): Date | undefined {
  const bytes = Buffer.from(etag, 'base64');
  if (bytes.length !== 8 || bytes[0] !== 7) return undefined;
  bytes[0] = 0;
  return new Date(Number(bytes.readBigUInt64BE() / 1000n));
}
