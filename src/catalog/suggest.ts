import type { Live } from './live.ts';
import type { Catalog, Level, Permission } from './model.ts';
import { holdingsOf, isForAgents, type Holder, type Holdings } from './roles-holding.ts';

/** A permission that a custom role cannot hold, and why. */
export interface Refused {
  readonly name: string;
  readonly why: string;
}

/** A role of Google's beside what was asked for. */
export interface Fit {
  readonly role: string;
  readonly title: string;
  /** How many permissions it holds. */
  readonly size: number;
  /** What it gives that was not asked for, in order. */
  readonly extra: readonly string[];
  /** Of these, what can do harm, with how. */
  readonly risks: readonly { readonly name: string; readonly risk: string }[];
  /** What was asked for and it does not hold. */
  readonly missing: readonly string[];
  /** The lowest level at which it can be granted, where the catalog knows it. */
  readonly lowest?: Level | undefined;
}

/** What can be granted for a set of permissions. */
export interface Suggestion {
  /** Each once, in order. */
  readonly asked: readonly string[];
  /** The smallest role that holds all; undefined where none does. */
  readonly role: Fit | undefined;
  /** Where none does: few roles that do so together. */
  readonly together: readonly Fit[];
  /** What no role holds. */
  readonly held: readonly string[];
  /** A custom role with exactly these, and what it cannot hold. */
  readonly custom: { readonly permissions: readonly string[]; readonly refused: readonly Refused[] };
  /** The date of the roles. */
  readonly asOf: string;
  /** The same for print, with how much of them is known. */
  readonly since: string;
}

/**
 * The smallest of Google's roles that covers permissions, what it gives too much, and the custom role beside it. Roles for
 * service agents are left out, as nobody else is to have them.
 * @param permissions names that the catalog or the refreshed list knows
 * @param passes says which further roles are left out
 */
export function suggest(
  permissions: readonly string[],
  catalog: Catalog,
  live?: Live,
  passes: (role: string) => boolean = () => false,
): Suggestion {
  const holdings = holdingsOf(catalog, live);
  const asked = [...new Set(permissions)].sort();
  const holders = new Map(
    asked.map((name) => [
      name,
      holdings.holding(name).filter((role) => !isForAgents(role.name) && !passes(role.name)),
    ]),
  );
  const nobody = asked.filter((name) => holders.get(name)?.length === 0);
  const wanted = asked.filter((name) => !nobody.includes(name));
  const fit = (role: Holder): Fit => fitOf(role, asked, holdings, catalog);
  const covers = smallest(wanted, holders);
  const whole = nobody.length === 0 && covers !== undefined;
  const refused = asked.flatMap((name) => refusalOf(name, catalog, live));
  const cannot = new Set(refused.map(({ name }) => name));
  return {
    asked,
    role: whole ? fit(covers) : undefined,
    together: whole ? [] : covering(wanted, holders).map(fit),
    held: nobody,
    custom: { permissions: asked.filter((name) => !cannot.has(name)), refused },
    asOf: holdings.asOf,
    since: holdings.since,
  };
}

/** The smallest role that holds all of them: one that stands in everybody's list. */
function smallest(names: readonly string[], holders: ReadonlyMap<string, Holder[]>): Holder | undefined {
  const [first, ...rest] = names.map((name) => holders.get(name) ?? []);
  const others = rest.map((list) => new Set(list.map(({ name }) => name)));
  return first?.find(({ name }) => others.every((set) => set.has(name)));
}

/** Few roles that hold all together: each time the one that holds most of what is left, and of those the smallest. */
function covering(names: readonly string[], holders: ReadonlyMap<string, Holder[]>): Holder[] {
  const chosen: Holder[] = [];
  let left = names;
  while (left.length > 0) {
    const counts = new Map<string, { role: Holder; covers: number }>();
    for (const name of left)
      for (const role of holders.get(name) ?? []) {
        const known = counts.get(role.name);
        if (known) known.covers += 1;
        else counts.set(role.name, { role, covers: 1 });
      }
    const [best] = [...counts.values()].sort((a, b) => b.covers - a.covers || a.role.size - b.role.size);
    if (!best) return chosen;
    chosen.push(best.role);
    left = left.filter((name) => !(holders.get(name) ?? []).some((role) => role.name === best.role.name));
  }
  return chosen;
}

function fitOf(role: Holder, asked: readonly string[], holdings: Holdings, catalog: Catalog): Fit {
  const held = holdings.heldBy(role.name) ?? [];
  const wanted = new Set(asked);
  const extra = held.filter((name) => !wanted.has(name));
  const more = new Set(extra);
  const has = new Set(held);
  return {
    role: role.name,
    title: role.title,
    size: role.size,
    extra,
    risks: catalog.permissions.flatMap(({ name, risk }) =>
      more.has(name) && risk !== undefined && !risk.startsWith('Reads only') ? [{ name, risk }] : [],
    ),
    missing: asked.filter((name) => !has.has(name)),
    lowest: catalog.roles.find(({ name }) => name === role.name)?.lowest,
  };
}

/** Why a project's custom role cannot hold a permission; nothing where it can. */
export function refusalOf(name: string, catalog: Catalog, live?: Live): Refused[] {
  const known = catalog.permissions.find((each) => each.name === name);
  const answered = live?.testable(name);
  if (answered?.customRole === 'NOT_SUPPORTED')
    return [
      { name, why: `Google refuses it in custom roles, as it answered on ${live?.date.slice(0, 10) ?? ''}.` },
    ];
  if (answered) return [];
  return known ? writtenRefusal(known) : [];
}

function writtenRefusal({ name, live, customRole, levels, exceptions = [] }: Permission): Refused[] {
  if (!live) return [{ name, why: 'Google does not know it: it is documented, and no role holds it.' }];
  if (customRole === 'NOT_SUPPORTED')
    return [{ name, why: `Google refuses it in custom roles. ${exceptions.join(' ')}`.trim() }];
  if (levels && !levels.includes('project'))
    return [{ name, why: `A project's custom role cannot hold it. ${exceptions.join(' ')}`.trim() }];
  return [];
}
