import * as z from 'zod';
import type { Call } from '../call.ts';
import type { Catalog } from '../catalog.ts';
import { deniableName, matches } from '../deny.ts';
import { pinRule } from '../deny-principals.ts';
import { invalidArgument } from '../errors.ts';
import type { DenyRule } from '../world.ts';

/** A rule as it is sent: `denyRule` is the only kind there is. */
export const PolicyRule = z.strictObject({
  description: z.string().optional(),
  denyRule: z
    .strictObject({
      deniedPrincipals: z.array(z.string()).default([]),
      exceptionPrincipals: z.array(z.string()).default([]),
      deniedPermissions: z.array(z.string()).default([]),
      exceptionPermissions: z.array(z.string()).default([]),
      denialCondition: z
        .strictObject({
          title: z.string().default(''),
          description: z.string().optional(),
          expression: z.string(),
          location: z.string().optional(),
        })
        .optional(),
    })
    .optional(),
});

const EVERYBODY = 'principalSet://goog/public:all';
const POOL = String.raw`iam\.googleapis\.com/(?:projects/\d+/locations/global/workloadIdentityPools|locations/global/workforcePools)/[^/]+`;

/** The identifiers that the discovery document lists. */
const PRINCIPALS = [
  String.raw`(?:deleted:)?principal://goog/subject/[^/?\s]+@[^/?\s]+(?:\?uid=\d+)?`,
  String.raw`(?:deleted:)?principal://iam\.googleapis\.com/projects/-/serviceAccounts/[^/?\s]+@[^/?\s]+(?:\?uid=\d+)?`,
  String.raw`(?:deleted:)?principalSet://goog/group/[^/?\s]+@[^/?\s]+(?:\?uid=\d+)?`,
  String.raw`principalSet://goog/public:all`,
  String.raw`principalSet://goog/cloudIdentityCustomerId/\w+`,
  String.raw`(?:deleted:)?principal://${POOL}/subject/.+`,
  String.raw`principalSet://${POOL}/(?:\*|group/.+|attribute\.[a-z0-9_]+/.+)`,
  String.raw`principalSet://cloudresourcemanager\.googleapis\.com/(?:projects|folders|organizations)/\d+/type/Service(?:Account|Agent)`,
].map((pattern) => new RegExp(`^${pattern}$`));

/** `SERVICE/RESOURCE.VERB`, or a group of permissions: `SERVICE/RESOURCE.*`, `SERVICE/*.VERB`, `SERVICE/*.*` (IAM docs). */
const PERMISSION = /^[a-z0-9.-]+\.[a-z]+\/(?:[A-Za-z0-9.]+|\*)\.(?:[A-Za-z0-9]+|\*)$/;

/** What a condition may be made of: the functions on tags, and what joins them (discovery document). */
const ON_TAGS =
  /^(?:\s|[!()]|&&|\|\||resource\.(?:matchTag|matchTagId)\(\s*TEXT\s*,\s*TEXT\s*\)|resource\.(?:hasTagKey|hasTagKeyId)\(\s*TEXT\s*\))+$/;

const withoutTexts = (expression: string): string =>
  expression.replaceAll(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/g, 'TEXT');

/**
 * Checks rules and gives them as they are kept. Every permission of the catalog can be denied here; with Google some
 * cannot. Throws 400 for rules that deny nobody or nothing, principals of no known form, permissions that are not
 * there, and conditions on anything but tags. [U] the texts.
 */
export function readRules(call: Call, sent: readonly z.infer<typeof PolicyRule>[]): DenyRule[] {
  if (sent.length === 0) throw invalidArgument('The policy must have at least one rule.');
  if (sent.length > 500) throw invalidArgument('The policy has more than 500 rules.');
  return sent.map(({ description, denyRule }) => {
    if (!denyRule) throw invalidArgument('Every rule of a deny policy must have a deny_rule.');
    const rule: DenyRule = { description, ...denyRule };
    checkRule(call, rule);
    return pinRule(call.world, rule);
  });
}

const deniable = new WeakMap<Catalog, ReadonlySet<string>>();

/** Whether the catalog has the permission, or one of the group. */
function isKnown(catalog: Catalog, permission: string): boolean {
  let names = deniable.get(catalog);
  if (!names)
    deniable.set(
      catalog,
      (names = new Set(Array.from(catalog.permissions.keys(), (name) => deniableName(catalog, name)))),
    );
  return permission.includes('*')
    ? [...names].some((name) => matches([permission], name))
    : names.has(permission);
}

function checkRule({ world: { catalog }, conditions }: Call, rule: DenyRule): void {
  if (rule.deniedPrincipals.length === 0) throw invalidArgument('A deny rule must have denied_principals.');
  if (rule.deniedPermissions.length === 0) throw invalidArgument('A deny rule must have denied_permissions.');
  for (const principal of [...rule.deniedPrincipals, ...rule.exceptionPrincipals])
    if (!PRINCIPALS.some((pattern) => pattern.test(principal)))
      throw invalidArgument(`Invalid principal ${principal}.`);
  if (rule.exceptionPrincipals.includes(EVERYBODY))
    throw invalidArgument(`${EVERYBODY} cannot be an exception principal.`);
  for (const permission of [...rule.deniedPermissions, ...rule.exceptionPermissions])
    if (!PERMISSION.test(permission) || !isKnown(catalog, permission))
      throw invalidArgument(`Permission ${permission} is not valid.`);
  const { expression } = rule.denialCondition ?? {};
  if (expression === undefined) return;
  const problem = ON_TAGS.test(withoutTexts(expression))
    ? conditions.problem(expression)
    : 'only functions on resource tags are supported';
  if (problem) throw invalidArgument(`Condition expression compilation failed: ${problem}`);
}
