import type { SmallestRole } from '../diagnosis/subject.ts';

/** Finds the smallest predefined role for what is lacking, in the catalog that ships with the package. */
export const smallestRole: SmallestRole = async (permissions, on) => {
  const [{ catalogData }, { suggest }] = await Promise.all([
    import('./catalog-data.ts'),
    import('../catalog/suggest.ts'),
  ]);
  const { role } = suggest(permissions, await catalogData());
  if (role === undefined) return undefined;
  const isAbove = role.lowest === 'organization' || role.lowest === 'folder';
  return isAbove && on !== 'organization' ? undefined : role.role;
};
