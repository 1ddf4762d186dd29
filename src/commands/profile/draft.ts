import { Document, isCollection, isPair, isScalar, visit } from 'yaml';
import type { Catalog } from '../../catalog/model.ts';

/** A permission or service with its reason. */
export interface Reasoned {
  name: string;
  why: string;
}

/** A profile that is being written. */
export interface Draft {
  name: string;
  title: string;
  summary: string;
  services: readonly Reasoned[];
  permissions: readonly Reasoned[];
}

/** What is said of a permission until somebody says better: what it lets one do, as the catalog has it. */
export function usualReason(catalog: Catalog, permission: string, otherwise: string): string {
  return catalog.permissions.find(({ name }) => name === permission)?.does ?? otherwise;
}

/** What every account is made and tested through. */
const needed: readonly Reasoned[] = [
  { name: 'iam.googleapis.com', why: 'The role, the account and its key are made through it.' },
  {
    name: 'cloudresourcemanager.googleapis.com',
    why: 'The account asks it which permissions it holds in the project.',
  },
];

/** The services whose permissions these are, as far as the catalog knows them, and those that every account needs. */
export function servicesFor(catalog: Catalog, permissions: readonly { name: string }[]): Reasoned[] {
  const prefixes = Map.groupBy(permissions, ({ name }) => name.split('.')[0] ?? '');
  const usual = new Set(needed.map(({ name }) => name));
  const own = catalog.services.filter(({ name, prefix }) => prefixes.has(prefix) && !usual.has(name));
  return [...own.map(({ name, title }) => ({ name, why: `The account calls the ${title}.` })), ...needed];
}

/** The text of the profile's file. Names of role, account and variables follow from its own name. */
export function profileText({ name, title, summary, services, permissions }: Draft): string {
  const words = name.split('-').filter((word) => word !== '');
  const role = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  const account =
    name.length < 6 ? `${name.replace(/-+$/u, '')}-account` : name.slice(0, 30).replace(/-+$/u, '');
  const prefix = words.join('_').toUpperCase();
  const document = new Document({
    ...{ name, title, summary, services },
    role: { id: role.length < 3 ? `${role}Role` : role.slice(0, 64), title },
    account: { id: account, displayName: title },
    permissions,
    env: {
      privateKey: `${prefix}_PRIVATE_KEY`,
      clientEmail: `${prefix}_CLIENT_EMAIL`,
      projectId: `${prefix}_PROJECT_ID`,
    },
  });
  document.commentBefore = ` What ${title} may do. catalog/README.md of iamready tells what else can stand here.`;
  // A blank line before each list and map, as people write it.
  visit(document, {
    Pair(_, { key, value }, ancestors) {
      if (ancestors.filter(isPair).length === 0 && isScalar(key) && isCollection(value))
        key.spaceBefore = true;
    },
  });
  return document.toString({ lineWidth: 100 });
}
