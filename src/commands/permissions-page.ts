import { margin, wrap } from '../print/layout.ts';
import type { Profile, WantedPermission } from '../profile/profile.ts';

// Narrower than this, in columns, a reason reads badly beside its name and goes below it.
const leastReason = 36;

/** One entry of a table: a mark before it, the name, and the sentences about it. */
interface Row {
  readonly mark: ' ' | '!';
  readonly name: string;
  readonly says: readonly string[];
}

/**
 * The page that `iamready permissions` prints: two lines of head (title, link), the permissions grouped by
 * service with their reasons and whose words these are, then the services.
 * @param columns - width in terminal columns
 */
export function permissionsPage(profile: Profile, columns: number): string {
  const { title, link, summary, status, permissions, services } = profile;
  const roles = rolesOf(profile);
  const groups = Map.groupBy(permissions, ({ name }) => name.slice(0, name.search(/[./]/u)));
  const table = tableOf(columns, permissions);
  const paragraph = (text: string) =>
    wrap(text, columns - margin.length)
      .map((line) => margin + line)
      .join('\n');
  const count = `${permissions.length} ${permissions.length === 1 ? 'permission' : 'permissions'}`;
  const blocks = [
    `${margin}${title}\n${link === undefined ? paragraph(summary) : margin + link}`,
    ...(status.stage === 'stable' ? [] : [paragraph(`${status.stage}: ${status.note ?? 'use with care.'}`)]),
    paragraph(`${roles}, ${count}. In brackets: whose words the reason is.`),
    ...[...groups].map(([service, group]) =>
      table(
        service,
        group.map((each) => permissionRow(each, profile)),
      ),
    ),
    ...(services.length === 0
      ? []
      : [tableOf(columns, services)('Services that must be on', services.map(serviceRow))]),
  ];
  return `${blocks.join('\n\n')}\n`;
}

/** "Role TeamDeploy", or the predefined ones by their names. */
function rolesOf({ role, grants }: Profile): string {
  const names = grants.map((grant) => (grant.role === 'custom' ? (role?.id ?? '') : grant.role));
  const all = [...new Set(names)];
  return `${all.length === 1 ? 'Role' : 'Roles'} ${all.join(', ')}`;
}

function permissionRow({ name, why, source, warning }: WantedPermission, { sources }: Profile): Row {
  const said = `${why} (${source === 'ours' ? 'ours' : (sources[source]?.title ?? source)})`;
  return warning === undefined
    ? { mark: ' ', name, says: [said] }
    : { mark: '!', name, says: [said, `! ${warning}`] };
}

function serviceRow({ name, why }: Profile['services'][number]): Row {
  return { mark: ' ', name, says: [why] };
}

/** Draws the groups of a list; reasons align over all of them, because the longest name of the list sets the width. */
function tableOf(columns: number, all: readonly { name: string }[]) {
  const nameWidth = Math.max(...all.map(({ name }) => name.length));
  const before = margin.length * 2;
  const beside = columns - before - nameWidth - 2 >= leastReason;
  const indent = ' '.repeat(beside ? before + nameWidth + 2 : before + 2);
  const draw = ({ mark, name, says }: Row): string => {
    const reasons = says.flatMap((text) => wrap(text, columns - indent.length)).map((line) => indent + line);
    const lead = `${margin}${mark} ${name}`;
    if (!beside) return [lead.trimEnd(), ...reasons].join('\n');
    const [first = '', ...rest] = reasons;
    return [lead.padEnd(indent.length) + first.slice(indent.length), ...rest].join('\n');
  };
  return (heading: string, rows: readonly Row[]): string => [margin + heading, ...rows.map(draw)].join('\n');
}
