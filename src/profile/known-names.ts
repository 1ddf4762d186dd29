import { nearest, withinEdits } from './nearest.ts';
import { printable } from './printable.ts';
import type { ProfileMistake } from './profile-error.ts';
import type { PlaceOf } from './yaml-refusals.ts';

/** Names that Google is known to have. There are more: what is not here may be right all the same. */
export interface KnownNames {
  permissions: readonly string[];
  services: readonly string[];
}

/** Names of a file that Google is not known to have. A slip of one that it has is a mistake; others may be new. */
export interface UnknownNames {
  slips: ProfileMistake[];
  unsure: ProfileMistake[];
}

/**
 * Looks at the names of permissions and services in a parsed file, whatever else is wrong with it. A permission is taken for
 * a slip at most two letters away from a known one of its service, a service at most one.
 */
export function unknownNames(root: unknown, place: PlaceOf, known: KnownNames): UnknownNames {
  const found: UnknownNames = { slips: [], unsure: [] };
  const look = (
    list: 'permissions' | 'services',
    form: RegExp,
    { noun, near }: { noun: string; near: (name: string) => string | undefined },
  ): void => {
    const all = new Set(known[list]);
    for (const [at, name] of namesIn(root, list).entries()) {
      if (name === undefined || !form.test(name) || all.has(name)) continue;
      const meant = near(name);
      const field = `${list}[${at}].name`;
      const value = `"${printable(name)}"`;
      found[meant === undefined ? 'unsure' : 'slips'].push({
        ...place([list, at, 'name']),
        ...{ field, found: value, says: `${field} is ${value}` },
        expected: `a ${noun} that Google has`,
        ...(meant !== undefined && { nearest: meant }),
        remedy:
          meant === undefined
            ? `Check its spelling; Google itself is asked about it later.`
            : `Write "${meant}" if that was meant.`,
      });
    }
  };
  const ofService = Map.groupBy(known.permissions, (name) => name.split('.')[0]);
  look('permissions', /^[a-z][a-z0-9-]*\.[a-zA-Z]\w*\.[a-zA-Z]\w*$/u, {
    noun: 'permission',
    near(name) {
      const [service = ''] = name.split('.');
      const own = ofService.get(service);
      return own === undefined ? withinEdits(name, known.permissions, 1) : withinEdits(name, own, 2);
    },
  });
  look('services', /^[a-z][a-z0-9-]*\.googleapis\.com$/u, {
    noun: 'service',
    near: (name) => withinEdits(name, known.services, 1),
  });
  return found;
}

/** The mistake, with the nearest known name, where its form alone was judged before. */
export function withNearestName(mistake: ProfileMistake, value: unknown, known: KnownNames): ProfileMistake {
  if (typeof value !== 'string') return mistake;
  const list = /^(permissions|services)\[\d+\]\.name$/u.exec(mistake.field ?? '')?.[1];
  const names = list === 'permissions' ? known.permissions : list === 'services' ? known.services : [];
  const meant = nearest(mistake.nearest ?? value, names);
  return meant === undefined || mistake.found.includes(' again, ') ? mistake : { ...mistake, nearest: meant };
}

function namesIn(root: unknown, list: string): (string | undefined)[] {
  const entries = fieldOf(root, list);
  return Array.isArray(entries)
    ? entries.map((entry: unknown) => {
        const name = fieldOf(entry, 'name');
        return typeof name === 'string' ? name : undefined;
      })
    : [];
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined;
}
