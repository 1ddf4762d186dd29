import type { PolicyBinding } from '../google/access-boundaries.ts';
import { levelsInWords, listed } from './blocked.ts';
import type { Unread } from './cause.ts';

/** Levels whose bindings may not be searched. */
export function unsearched(closed: readonly { level: string; said: string }[]): Unread[] {
  const [first] = closed;
  if (first === undefined) return [];
  const kinds = [...new Set(closed.map(({ level }) => level.split('/')[0] ?? ''))];
  return [
    {
      what: `the principal access boundaries that bind the accounts of ${levelsInWords(closed.map(({ level }) => level))}`,
      needs: `${listed(kinds.map((kind) => `resourcemanager.${kind}.searchPolicyBindings`))} there`,
      said: first.said,
    },
  ];
}

/** A policy that binds the account, and may not be read. */
export function unreadPolicy({ name, policy }: PolicyBinding, said: string): Unread {
  return {
    what: `what the principal access boundary ${policy} reaches, which ${name} binds to the account`,
    needs:
      'iam.principalaccessboundarypolicies.get (roles/iam.principalAccessBoundaryViewer on the organisation)',
    said,
  };
}
