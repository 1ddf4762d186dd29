import type { Evidence, Made } from '../wizard/step.ts';
import { goingPermissions } from './role-since.ts';
import { validPermissions, type SeenRole, type WantedRole } from './role-wanted.ts';

/** What writing the role will leave to take back: the role itself, or what of it is changed. */
export function makesOfRole(wanted: WantedRole, seen: SeenRole): Made[] {
  const { role } = seen;
  const one = (did: string, evidence: Evidence): Made => ({ what: 'role', did, name: wanted.name, evidence });
  const valid = validPermissions(wanted, seen).map(({ name }) => name);
  if (role === undefined)
    return [one('created', { title: wanted.title, stage: wanted.stage, permissions: valid.join(' ') })];
  const made: Made[] = [];
  if (role.deleted) made.push(one('restored', {}));
  if (role.stage === 'DISABLED') made.push(one('enabled', { stage: wanted.stage }));
  if (wanted.titleChosenBy !== undefined && role.title !== wanted.title)
    made.push(one('titled', { from: role.title, to: wanted.title }));
  const lacking = valid.filter((name) => !role.includedPermissions.includes(name));
  if (lacking.length > 0) made.push(one('extended', { permissions: lacking.join(' ') }));
  const extra = goingPermissions(wanted, seen).map((each) => each.name);
  // What runs of ours had put there before does not come back.
  const theirs = extra.filter((name) => !seen.since.added.has(name));
  if (theirs.length > 0) made.push(one('narrowed', { permissions: theirs.join(' ') }));
  return made;
}
