import type { Live } from './live.ts';
import type { Catalog } from './model.ts';
import { indexIn, pick, sizeOf, within } from './ranges.ts';

/** A role as it is compared with others. */
export interface Holder {
  readonly name: string;
  readonly title: string;
  readonly size: number;
}

/** Who holds what: as refreshed where it was, else as the catalog has it. */
export interface Holdings {
  /** Their date. */
  readonly asOf: string;
  /** The same for print, with how much of it is known. */
  readonly since: string;
  /** Whether the permission is live. */
  readonly has: (permission: string) => boolean;
  /** The roles that hold a permission, the smallest first. */
  readonly holding: (permission: string) => Holder[];
  /** What a role holds, in order; undefined where there is no such role. */
  readonly heldBy: (role: string) => string[] | undefined;
}

/** @param live what was refreshed, which is newer and whole */
export function holdingsOf(catalog: Catalog, live?: Live): Holdings {
  return live ? refreshed(live) : written(catalog);
}

const bySize = (a: Holder, b: Holder): number => a.size - b.size || (a.name < b.name ? -1 : 1);

function refreshed(live: Live): Holdings {
  const { date } = live;
  return {
    asOf: date.slice(0, 10),
    since: date.slice(0, 10),
    has: live.has,
    holding: (permission) => pick(live.roles, live.holders(permission)).sort(bySize),
    heldBy(role) {
      const found = live.roles.find(({ name }) => name === role);
      return found && pick(live.names, found.ranges);
    },
  };
}

function written({ liveNames, roles, sources }: Catalog): Holdings {
  const holders = new Map(
    roles.map((role) => [role.name, { name: role.name, title: role.title, size: sizeOf(role.ranges) }]),
  );
  const asOf = sources['live-roles']?.date ?? '';
  return {
    asOf,
    since: `${asOf}, of what the catalog knows`,
    has: (permission) => indexIn(liveNames, permission) !== -1,
    holding(permission) {
      const at = indexIn(liveNames, permission);
      return roles
        .flatMap(({ name, ranges }) => (at !== -1 && within(ranges, at) ? (holders.get(name) ?? []) : []))
        .sort(bySize);
    },
    heldBy(role) {
      const found = roles.find(({ name }) => name === role);
      return found && pick(liveNames, found.ranges);
    },
  };
}

/** Whether a role is for Google's own service agents, and for nobody else. */
export function isForAgents(role: string): boolean {
  return /serviceAgent$/i.test(role);
}
