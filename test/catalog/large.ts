import type { ListedRole } from '../../src/catalog/live.ts';

/** So many roles and permissions as Google has, made up; the same every time. */
export function largeRoles(roleCount = 2500, permissionCount = 14_000): ListedRole[] {
  const actions = ['create', 'delete', 'get', 'getIamPolicy', 'list', 'setIamPolicy', 'update', 'use'];
  const names = Array.from({ length: permissionCount }, (_, at) => {
    const service = `service${String(Math.floor(at / 70)).padStart(3, '0')}`;
    const resource = `resource${Math.floor(at / actions.length) % 9}Things${at}`;
    return `${service}.${resource}.${actions[at % actions.length] ?? 'get'}`;
  });
  return Array.from({ length: roleCount }, (_, at) => {
    // Most roles hold a stretch of their service, some hold much of everything, as it is with Google's.
    const start = (at * 5) % permissionCount;
    const size = at % 100 === 0 ? 9000 : 5 + ((at * 7) % 90);
    return {
      name: `roles/service${String(at % 200).padStart(3, '0')}.role${at}`,
      title: `Service ${at % 200} Role ${at}`,
      description: `Does what role ${at} is for.`,
      stage: at % 9 === 0 ? 'BETA' : 'GA',
      includedPermissions: names.slice(start, start + size),
    };
  });
}
