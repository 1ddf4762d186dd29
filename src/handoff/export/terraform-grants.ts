import type { HclItem, HclValue } from './hcl.ts';
import { roleNameIn, type Handover, type HandoverGrant } from './handover.ts';
import type { Standing } from './standing.ts';
import { attributes, resource } from './terraform-parts.ts';

const types = {
  project: 'google_project_iam_member',
  account: 'google_service_account_iam_member',
  organization: 'google_organization_iam_member',
  bucket: 'google_storage_bucket_iam_member',
  'run-service': 'google_cloud_run_v2_service_iam_member',
} as const satisfies Record<HandoverGrant['on']['kind'], string>;

/** A resource for each line of an allow policy. */
export function grantItems(handover: Handover, standing: Standing): HclItem[] {
  return handover.grants.flatMap((grant, at) => {
    const { on, why, condition } = grant;
    const { body, id } = placeOf(grant, handover);
    const role: HclValue =
      grant.role === roleNameIn(handover) ? { hcl: 'google_project_iam_custom_role.role.name' } : grant.role;
    const isOwn = grant.member === `serviceAccount:${handover.account.email}`;
    const member: HclValue = isOwn ? { hcl: 'google_service_account.account.member' } : grant.member;
    const imported = [id, grant.role, grant.member, ...(condition ? [condition.title] : [])];
    return resource(
      types[on.kind],
      `grant_${at + 1}`,
      [
        ...body,
        { attribute: 'role', value: role },
        { attribute: 'member', value: member },
        ...(condition === undefined ? [] : [{ block: 'condition', body: attributes(condition) }]),
      ],
      { why, importId: standing.grants[at] === true && id !== undefined ? imported.join(' ') : undefined },
    );
  });
}

/** The attributes that say on what, and how an import names it; nothing where that is not known. */
function placeOf({ on }: HandoverGrant, { project, account }: Handover): { body: HclItem[]; id?: string } {
  switch (on.kind) {
    case 'project':
      return { body: attributes({ project: project.id }), id: project.id };
    case 'bucket':
      return { body: attributes({ bucket: on.name }), id: `b/${on.name}` };
    case 'run-service':
      return {
        body: attributes({ project: project.id, location: on.region, name: on.name }),
        id: `projects/${project.id}/locations/${on.region}/services/${on.name}`,
      };
    case 'organization': {
      if (on.id !== undefined) return { body: attributes({ org_id: on.id }), id: on.id };
      return { body: [{ attribute: 'org_id', value: { hcl: 'var.organization_id' } }] };
    }
    case 'account': {
      const attribute = 'service_account_id';
      const nameOf = (email: string) => accountName(email, project.id);
      if (on.whose === 'own')
        return {
          body: [{ attribute, value: { hcl: 'google_service_account.account.name' } }],
          id: nameOf(account.email),
        };
      if (on.email !== undefined)
        return { body: [{ attribute, value: nameOf(on.email) }], id: nameOf(on.email) };
      const number = { hcl: 'data.google_project.project.number' };
      return {
        body: [
          {
            attribute,
            value: {
              template: [
                `projects/${project.id}/serviceAccounts/`,
                number,
                '-compute@developer.gserviceaccount.com',
              ],
            },
          },
        ],
      };
    }
  }
}

/** The full name of an account, which may be in another project than this one. */
export function accountName(email: string, project: string): string {
  const its = /@([a-z0-9-]+)\.iam\.gserviceaccount\.com$/u.exec(email)?.[1] ?? project;
  return `projects/${its}/serviceAccounts/${email}`;
}
