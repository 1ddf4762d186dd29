import type { Call } from '../call.ts';
import { param, view } from '../call.ts';
import { invalidArgument, notFound } from '../errors.ts';
import { paginate } from '../paging.ts';
import type { RoleView } from './role-life.ts';
import { roleState, showCustomRole, showPredefinedRole } from './role-life.ts';
import { roleParent } from './role-parent.ts';

const SIZES = { usual: 300, largest: 1000 };

/** The 400 for a name that is no role's (pasted in a public report). */
const badName = () =>
  invalidArgument(
    'The role name must be in the form "roles/{role}", "organizations/{organization_id}/roles/{role}", or "projects/{project_id}/roles/{role}".',
  );

/** The 404 for a role that is not there (pasted in public reports). */
export const roleNotFound = (name: string) => notFound(`The role named ${name} was not found.`);

/** The name of the role that a call is about, checked for its form. */
export function roleName(call: Call, parent: string): string {
  const id = param(call, 'role');
  if (!/^[a-zA-Z0-9_.]+$/.test(id)) throw badName();
  return `${parent}/roles/${id}`;
}

/** GET of a custom role. One that is soft-deleted is shown with `deleted: true` for 7 days. */
export function getRole(call: Call): object {
  const parent = roleParent(call, 'iam.roles.get');
  const name = roleName(call, parent.name);
  const role = view(call, call.world.roles, name);
  const state = role && roleState(call.world, role);
  if (!role || state === 'marked' || state === 'gone') throw roleNotFound(name);
  return showCustomRole(role);
}

function asked(call: Call): { view: RoleView; showDeleted: boolean } {
  const wanted = call.query.get('view') ?? 'BASIC';
  if (wanted !== 'BASIC' && wanted !== 'FULL') throw invalidArgument(`Invalid value at 'view': "${wanted}"`);
  return { view: wanted, showDeleted: call.query.get('showDeleted')?.toLowerCase() === 'true' };
}

/** LIST of the custom roles of a project or organization. */
export function listRoles(call: Call): object {
  const { world } = call;
  const parent = roleParent(call, 'iam.roles.list');
  const { view: wanted, showDeleted } = asked(call);
  const start = `${parent.name}/roles/`;
  const names = [...world.roles.entries()].map(([name]) => name).filter((name) => name.startsWith(start));
  const shown = names.flatMap((name) => {
    const role = view(call, world.roles, name);
    const state = role && roleState(world, role);
    return role && (state === 'live' || (state === 'deleted' && showDeleted)) ? [role] : [];
  });
  const page = paginate(shown, call.query, start, SIZES);
  return {
    roles: page.items.length ? page.items.map((role) => showCustomRole(role, wanted)) : undefined,
    nextPageToken: page.nextPageToken,
  };
}

/** GET of a predefined role, which everybody may see. */
export function getPredefinedRole(call: Call): object {
  const name = roleName(call, '').slice(1);
  const role = call.world.catalog.roles.get(name);
  if (!role) throw roleNotFound(name);
  return showPredefinedRole(role, 'FULL');
}

/** LIST of the predefined roles or, with `parent`, of the custom roles of that project or organization. */
export function listPredefinedRoles(call: Call): object {
  const [kind, id] = (call.query.get('parent') ?? '').split('/', 2);
  if (id !== undefined && (kind === 'projects' || kind === 'organizations')) {
    return listRoles({ ...call, params: { [kind.slice(0, -1)]: id } });
  }
  if (kind !== '') throw invalidArgument('Request contains an invalid argument.');
  const { view: wanted } = asked(call);
  const page = paginate([...call.world.catalog.roles.values()], call.query, 'roles', SIZES);
  return {
    roles: page.items.map((role) => showPredefinedRole(role, wanted)),
    nextPageToken: page.nextPageToken,
  };
}
