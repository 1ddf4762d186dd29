import type { Journal } from '../wizard/journal.ts';
import type { Fact } from '../wizard/step.ts';
import { inShort } from './grant-others.ts';
import type { SeenRole, WantedRole } from './role-wanted.ts';

/** What earlier runs of ours know of the role, for telling what somebody has changed since. */
export interface RoleSince {
  /** An earlier run has written it. */
  written: boolean;
  /** The title that we gave it last. */
  title?: string;
  /** The permissions that were asked for when it was last written. */
  asked?: ReadonlySet<string>;
  /** Permissions that runs of ours have put into it. */
  added: ReadonlySet<string>;
}

/** Reads it off the journal. */
export function roleSince(journal: Journal, name: string): RoleSince {
  const receipt = journal.receipt('role');
  const ours = receipt?.['name'] === name ? receipt : undefined;
  const made = journal.made.filter((each) => each.what === 'role' && each.name === name);
  const titles = made.map(({ did, evidence }) => (did === 'titled' ? evidence['to'] : evidence['title']));
  const title = titles.findLast((each) => each !== undefined);
  const asked = ours?.['asked'];
  const added = made
    .filter(({ did }) => did === 'created' || did === 'extended')
    .flatMap(({ evidence }) => (evidence['permissions'] ?? '').split(' '));
  return {
    written: ours !== undefined,
    ...(title !== undefined && { title }),
    ...(asked !== undefined && { asked: new Set(asked.split(' ')) }),
    added: new Set(added),
  };
}

/** How it came that the role lacks a permission, as far as an earlier run can tell. */
export function lackOf(name: string, { asked }: RoleSince): string {
  if (asked === undefined) return `lacks ${name}`;
  return asked.has(name) ? `lost ${name}` : `lacks ${name}, asked for since the last run`;
}

/** What others have added to the role: it holds this, and the profile does not ask for it. */
export function extraPermissions({ permissions }: WantedRole, { role }: SeenRole): string[] {
  const asked = new Set(permissions.map(({ name }) => name));
  return (role?.includedPermissions ?? []).filter((name) => !asked.has(name));
}

/** A permission that is to be taken out of the role, who said so, and why. */
export interface GoingPermission {
  name: string;
  source: string;
  from: string;
  why: string;
}

/** What is to go: what is granted elsewhere instead, and what others have added, where a person said so. */
export function goingPermissions(wanted: WantedRole, seen: SeenRole): GoingPermission[] {
  const { removeExtra, moved } = wanted;
  return extraPermissions(wanted, seen).flatMap((name) => {
    if (name === moved?.name)
      return [
        {
          ...{ name, source: moved.source, from: `holds ${name} on the whole project` },
          why: 'on one account it is enough; on the project it reaches every account in it',
        },
      ];
    if (removeExtra === undefined) return [];
    return [
      {
        ...{ name, source: removeExtra, from: `also holds ${name}` },
        why: 'whoever gets into the account can do more than your program needs',
      },
    ];
  });
}

/** What others have decided about the role, which stays as it is unless a person says otherwise. */
export function decidedByOthers(wanted: WantedRole, seen: SeenRole): Fact[] {
  const { role, since } = seen;
  const facts: Fact[] = [];
  const extra = extraPermissions(wanted, seen).filter((name) => name !== wanted.moved?.name);
  if (extra.length > 0 && wanted.removeExtra === undefined)
    facts.push({
      tone: 'attention',
      text: `${wanted.id} also holds ${inShort(extra)}: not asked for, so whoever gets into the account can do more than your program needs; left as found`,
      flag: '--remove-extra',
    });
  if (role !== undefined && since.title !== undefined && since.title !== role.title && !wanted.titleChosenBy)
    facts.push({
      tone: 'attention',
      text: `${wanted.id} is titled "${role.title}" by somebody else, it was "${since.title}"; left as found`,
      flag: '--role-title',
    });
  return facts;
}
