import { CatalogError } from './catalog-error.ts';
import { objectsIn } from './objects-in.ts';
import type { ListedRole } from './live.ts';

/**
 * The roles in JSON in the form that roles.list answers: one answer, several of them in a list, or the roles alone, as
 * gcloud prints them. Given one by one, because 2,500 of them with a hundred names each take 80 MB when they are there at
 * once; checked by hand, because zod takes half a second for them.
 * @param bytes UTF-8
 * @param file how the person named it
 * @throws CatalogError when it is something else, holds no role, or no role in it has permissions (`view=BASIC`)
 */
export function* listedRoles(bytes: Buffer, file: string): Generator<ListedRole> {
  let count = 0;
  let full = false;
  for (const text of objectsIn(bytes, depthOf(bytes))) {
    if (text === undefined) throw new CatalogError(`${file} is no JSON: it ends in the middle`, remedy);
    count += 1;
    const role = roleIn(text);
    if (typeof role === 'string')
      throw new CatalogError(
        `${file} is not in the form that roles.list answers: role ${count} ${role}`,
        remedy,
      );
    full ||= role.includedPermissions.length > 0;
    yield role;
  }
  if (count === 0)
    throw new CatalogError(`${file} is not in the form that roles.list answers: it holds no role`, remedy);
  if (!full) throw new CatalogError(`${file} holds no role with permissions`, remedy);
}

const remedy = 'Ask for it with view=FULL: GET https://iam.googleapis.com/v1/roles?view=FULL&pageSize=1000.';
const roleName = /^(?:(?:projects|organizations)\/[^/\s]+\/)?roles\/[\w.]+$/;

/** How many braces deep the roles lie: below those of an answer, or in a bare list. */
function depthOf(bytes: Buffer): number {
  const start = bytes.toString('utf8', 0, 200);
  return /^\uFEFF?\s*(?:\{|\[\s*\{\s*"(?:roles|nextPageToken)")/.test(start) ? 2 : 1;
}

/** A role, or what is wrong with it. What proto3 JSON leaves out is the default: ALPHA is a stage's. */
function roleIn(text: string): ListedRole | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return `is no JSON: ${error instanceof Error ? error.message : 'unknown reason'}`;
  }
  if (!isObject(value)) return 'is no object';
  const { name, title = '', description = '', stage = 'ALPHA', includedPermissions = [] } = value;
  if (typeof name !== 'string' || !roleName.test(name)) return 'has no name such as roles/viewer';
  if (typeof title !== 'string') return 'has a title that is no text';
  if (typeof description !== 'string') return 'has a description that is no text';
  if (typeof stage !== 'string') return 'has a stage that is no text';
  if (!Array.isArray(includedPermissions) || !includedPermissions.every(isPermission))
    return 'has includedPermissions that are no list of names';
  return { name, title, description, stage, includedPermissions };
}

function isPermission(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && !/\s/.test(value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
