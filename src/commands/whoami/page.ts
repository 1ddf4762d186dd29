import { labelled, wrap } from '../../print/layout.ts';
import { printed } from '../../print/printable.ts';
import type { Identity } from './identity.ts';
import type { Other } from './others.ts';
import { lifetime } from './lifetime.ts';

/** What `iamready whoami` prints: who it is and how, then what else was found. */
export function whoamiPage(
  {
    identity,
    endpoint,
    others,
  }: { identity: Identity; endpoint: string | undefined; others: readonly Other[] },
  columns: number,
): string {
  const width = Math.max(30, Math.min(columns, 100));
  const fact = (label: string, text: string) => labelled(label, text, 11, width);
  const { email, principal, toldBy, through, quotaProject, expires } = identity;
  const nobody = 'Google does not tell whose it is: the token was made without the scope userinfo.email';
  return printed([
    ...labelled('', principal, 0, width),
    '',
    ...fact('Kind', identity.kind),
    ...fact('From', identity.from),
    ...(through.length > 0 ? fact('Acts by', [...through, email ?? principal].join(' → ')) : []),
    ...fact(
      'Account',
      toldBy === undefined
        ? nobody
        : toldBy === 'google'
          ? 'as Google says of the token'
          : 'as the credentials say; Google takes them',
    ),
    ...fact('Token', expires === undefined ? 'good now; nobody tells when it ends' : lifetime(expires)),
    ...fact(
      'Quota',
      quotaProject === undefined
        ? 'charged to the project that is asked about'
        : `charged to ${quotaProject}`,
    ),
    ...fact(
      'Cloud',
      endpoint === undefined ? 'Google' : `${endpoint}, not Google: an embedded or other cloud`,
    ),
    ...(others.length > 0 ? ['', ...othersLines(others, width)] : []),
  ]);
}

/** What was found and is not taken, each with its reason. */
export function othersLines(others: readonly Other[], width: number): string[] {
  return [
    ...labelled('', 'Also found, and not taken:', 0, width),
    ...others.flatMap(({ label, where, why, take }) => [
      '',
      ...indented(`${label} (${where})`, 4, width),
      ...indented(why, 6, width),
      ...(take === undefined ? [] : indented(take, 6, width)),
    ]),
  ];
}

function indented(text: string, by: number, width: number): string[] {
  return wrap(text, Math.max(20, width - by)).map((line) => ' '.repeat(by) + line);
}
