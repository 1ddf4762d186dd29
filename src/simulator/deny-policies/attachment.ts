import { accessTo } from '../authorise.ts';
import type { Call } from '../call.ts';
import { param } from '../call.ts';
import { ApiError, errorInfo, invalidArgument } from '../errors.ts';
import type { Resource } from '../resources.ts';
import { findProject, levelName, levelResource } from '../resources.ts';
import type { ProjectOf } from '../router.ts';

const MANAGER = 'cloudresourcemanager.googleapis.com';
const POINT =
  /^cloudresourcemanager\.googleapis\.com\/(?<level>projects|folders|organizations)\/(?<id>[^/]+)$/;

/** Clients write the slashes of an attachment point as %2F or, encoding that again, as %252F. */
const plain = (text: string): string => text.replaceAll(/%2F/gi, '/');

/** The project that a call about deny policies is about, if they are attached to one. */
export const attachedProject: ProjectOf = ({ point = '' }, world) => {
  const { level, id = '' } = POINT.exec(plain(point))?.groups ?? {};
  return level === 'projects' ? findProject(world, id) : undefined;
};

/**
 * The attachment point of a call, on which the caller holds `iam.denypolicies.VERB`. Absent and forbidden look the same
 * ([U]; the text was pasted in a public report of 2023, the metadata is [U]).
 */
export function attachmentWith(call: Call, verb: 'create' | 'delete' | 'get' | 'list' | 'update'): Resource {
  const point = plain(param(call, 'point'));
  const { level = '', id = '' } = POINT.exec(point)?.groups ?? {};
  if (level === '') throw invalidArgument('Request contains an invalid argument.');
  const resource = levelResource(call.world, level, id);
  if (resource && accessTo(call, resource).holds(`iam.denypolicies.${verb}`)) return resource;
  const permission = `iam.googleapis.com/denypolicies.${verb}`;
  throw new ApiError('PERMISSION_DENIED', `Permission ${permission} denied on resource ${point}`, {
    details: [errorInfo('IAM_PERMISSION_DENIED', 'iam.googleapis.com', { permission, resource: point })],
  });
}

/** What answers call the deny policies of a resource: `policies/POINT/denypolicies`. */
export const policiesName = (resource: Resource): string =>
  `policies/${encodeURIComponent(`${MANAGER}/${levelName(resource)}`)}/denypolicies`;
