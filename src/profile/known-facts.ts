import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { parse } from 'yaml';
import { catalogFolder } from './catalog-folder.ts';

/** The levels of Google's hierarchy, the highest first. */
export const levels = ['organization', 'folder', 'project', 'resource'] as const;
type Level = (typeof levels)[number];

/** What catalog/ knows of a predefined role: between which levels it can be granted. */
export interface RoleFacts {
  lowest: Level;
  highest: Level;
}

const roleFields = z.object({ lowest: z.enum(levels), highest: z.enum(levels).default('organization') });
const permissionFile = z.object({
  prefix: z.string(),
  exceptions: z
    .array(
      z.object({
        permissions: z.string(),
        levels: z.string().optional(),
        customRole: z.string().optional(),
        why: z.string(),
      }),
    )
    .default([]),
});

/** What catalog/roles says of a predefined role; undefined for one that it does not tell of, which need not mean anything. */
export function roleFacts(role: string): RoleFacts | undefined {
  for (const text of texts('roles')) {
    const all = text.split('\n');
    const at = all.indexOf(`${role}:`);
    if (at < 0) continue;
    const lines = all.slice(at + 1);
    const end = lines.findIndex((line) => /^\S/u.test(line));
    // Only these lines: a whole file takes as long as all that a run does besides.
    const own: unknown = parse(lines.slice(0, end < 0 ? undefined : end).join('\n'));
    return roleFields.parse(own);
  }
  return undefined;
}

/** Why a custom role of a project cannot hold this permission, as catalog/permissions says; undefined where nothing is known against it. */
export function notInProjectRole(permission: string): string | undefined {
  const prefix = permission.slice(0, permission.indexOf('.'));
  for (const text of texts('permissions')) {
    if (!text.includes(`\nprefix: ${prefix}\n`) || !text.includes('\nexceptions:')) continue;
    const { exceptions } = permissionFile.parse(parse(text));
    const name = permission.slice(prefix.length + 1);
    const said = exceptions.filter(({ permissions }) =>
      permissions.split(/\s+/u).some((each) => meant(each, name)),
    );
    const level = said.findLast((each) => each.levels !== undefined);
    if (level !== undefined && !level.levels?.split(/\s+/u).includes('project')) return level.why;
    const support = said.findLast((each) => each.customRole !== undefined);
    if (support?.customRole === 'NOT_SUPPORTED') return support.why;
  }
  return undefined;
}

function meant(pattern: string, name: string): boolean {
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
}

const read = new Map<string, readonly string[]>();

/** The files of a folder of catalog/, read once a process, and only where a profile of somebody's own is judged. */
function texts(folder: 'roles' | 'permissions'): readonly string[] {
  const known = read.get(folder);
  if (known !== undefined) return known;
  const all = path.join(catalogFolder(), folder);
  const found = readdirSync(all)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => readFileSync(path.join(all, file), 'utf8'));
  read.set(folder, found);
  return found;
}
