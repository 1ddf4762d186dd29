import * as z from 'zod';
import { readBody } from '../body.ts';
import type { Call } from '../call.ts';
import { ApiError, failedPrecondition, invalidArgument } from '../errors.ts';
import { etagOf } from '../etag.ts';
import type { CustomRole } from '../world.ts';
import { roleState, showCustomRole } from './role-life.ts';
import { roleParent } from './role-parent.ts';
import { roleName, roleNotFound } from './role-reads.ts';
import { RoleBody, checkRole, checkRoleId } from './role-rules.ts';

const MAX_ROLES = 300;
const CreateRoleRequest = z.strictObject({ roleId: z.string().default(''), role: RoleBody.nullish() });
const UndeleteRoleRequest = z.strictObject({ etag: z.string().nullish() });

/** Each permission once, sorted: [U] that Google sorts them. */
const tidy = (permissions: readonly string[] | null | undefined) => [...new Set(permissions)].sort();

/** POST of a custom role. A soft-deleted role holds its ID: for 7 days, then until day 37 (public reports). */
export function createRole(call: Call): object {
  const { world } = call;
  const parent = roleParent(call, 'iam.roles.create');
  const { roleId, role: sent } = readBody(call, CreateRoleRequest);
  checkRoleId(roleId);
  if (sent?.name) throw invalidArgument('Must not specify role.name.');
  const name = `${parent.name}/roles/${roleId}`;
  const role: CustomRole = {
    name,
    title: sent?.title ?? undefined,
    description: sent?.description ?? undefined,
    permissions: tidy(sent?.includedPermissions),
    stage: sent?.stage ?? 'ALPHA',
    stamp: world.stamp(),
  };
  checkRole(world, parent.level, role);
  checkIdIsFree(call, name, roleId, parent.name);
  const others = [...world.roles.values()].filter(
    (other) =>
      other.name.startsWith(`${parent.name}/roles/`) && ['live', 'deleted'].includes(roleState(world, other)),
  );
  if (others.length >= MAX_ROLES) {
    // Seen in a public report; that deleted roles count too is reported, for how long is [U].
    throw new ApiError('RESOURCE_EXHAUSTED', `Maximum number of roles reached. Maximum is: ${MAX_ROLES}`);
  }
  world.roles.set(name, role);
  return showCustomRole(role);
}

function checkIdIsFree(call: Call, name: string, roleId: string, parent: string): void {
  const existing = call.world.roles.get(name);
  if (!existing) return;
  switch (roleState(call.world, existing)) {
    case 'live': // [U] the text; the status is verified.
      throw new ApiError('ALREADY_EXISTS', `A role named ${roleId} in ${parent} already exists.`, {
        legacyReason: 'alreadyExists',
      });
    case 'deleted':
      throw failedPrecondition(
        `You can't create a role with role_id (${roleId}) where there is an existing role with that role_id in a deleted state.`,
      );
    case 'marked':
      throw failedPrecondition(`You can't create a role_id (${roleId}) which has been marked for deletion.`);
    case 'gone':
      return;
  }
}

/** The role of a call as the primary knows it, while it can still be seen. */
function existingRole(call: Call, permission: string, etag: string | null | undefined): CustomRole {
  const parent = roleParent(call, permission);
  const name = roleName(call, parent.name);
  const role = call.world.roles.get(name);
  const state = role && roleState(call.world, role);
  if (!role || state === 'marked' || state === 'gone') throw roleNotFound(name);
  if (etag && !Buffer.from(etag, 'base64').equals(Buffer.from(etagOf(role.stamp), 'base64'))) {
    // [U] that roles conflict in the words of policies; the status is documented.
    throw new ApiError(
      'ABORTED',
      'There were concurrent policy changes. Please retry the whole read-modify-write with exponential backoff.',
      { legacyReason: 'aborted' },
    );
  }
  return role;
}

function write(call: Call, role: CustomRole): object {
  const next = { ...role, stamp: call.world.stamp() };
  call.world.roles.set(role.name, next);
  return showCustomRole(next);
}

const MASKED = ['title', 'description', 'includedPermissions', 'stage'] as const;

/** PATCH of a custom role by `updateMask`; without one, what the body holds is changed. [U] what Google does then. */
export function patchRole(call: Call): object {
  const sent = readBody(call, RoleBody);
  const role = existingRole(call, 'iam.roles.update', sent.etag);
  if (role.deletedAt !== undefined) {
    throw failedPrecondition(`The role named ${role.name} is deleted.`); // [U] the text.
  }
  const mask = maskOf(call) ?? MASKED.filter((field) => sent[field] !== undefined && sent[field] !== null);
  const next: CustomRole = {
    ...role,
    ...(mask.includes('title') && { title: sent.title ?? undefined }),
    ...(mask.includes('description') && { description: sent.description ?? undefined }),
    ...(mask.includes('includedPermissions') && { permissions: tidy(sent.includedPermissions) }),
    ...(mask.includes('stage') && { stage: sent.stage ?? 'ALPHA' }),
  };
  const level = role.name.startsWith('organizations/') ? 'organization' : 'project';
  checkRole(call.world, level, mask.includes('includedPermissions') ? next : { ...next, permissions: [] });
  return write(call, next);
}

function maskOf(call: Call): string[] | undefined {
  const text = call.query.get('updateMask');
  if (!text) return undefined;
  const fields = text
    .split(',')
    .map((field) => field.trim().replaceAll(/_([a-z])/g, (_, c: string) => c.toUpperCase()));
  const known = new Set<string>([...MASKED, 'name', 'etag', 'deleted']);
  const unknown = fields.find((field) => !known.has(field));
  if (unknown !== undefined) throw invalidArgument(`Invalid field in update mask: ${unknown}`); // [U] the text.
  return fields;
}

/** DELETE of a custom role, softly: its bindings stay, without effect (IAM docs). Answers the role. */
export function deleteRole(call: Call): object {
  const role = existingRole(call, 'iam.roles.delete', call.query.get('etag'));
  if (role.deletedAt !== undefined) {
    throw failedPrecondition(`The role named ${role.name} is already deleted.`); // [U] status and text.
  }
  return write(call, { ...role, deletedAt: call.world.clock.now() });
}

/** :undelete of a custom role, within 7 days. Answers the role. */
export function undeleteRole(call: Call): object {
  const role = existingRole(call, 'iam.roles.undelete', readBody(call, UndeleteRoleRequest).etag);
  if (role.deletedAt === undefined) {
    throw failedPrecondition(`The role named ${role.name} is not deleted.`); // [U] status and text.
  }
  return write(call, { ...role, deletedAt: undefined });
}
