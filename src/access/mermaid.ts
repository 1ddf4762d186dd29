import type { AccessGraph, GraphRole } from './graph.ts';
import { abilitiesWords, countWords, stateWords } from './told.ts';
import { memberLabel, placeSeen } from './words.ts';

/**
 * The graph as a flowchart of Mermaid: who uses the account, its roles and where, and their permissions.
 * @param all else permissions that the profile does not ask for fold into one node a role
 */
export function mermaidOf(graph: AccessGraph, all: boolean): string {
  const lines = ['flowchart LR'];
  let count = 0;
  const node = (text: string, [open, close]: readonly [string, string] = ['[', ']']): string => {
    const id = `n${count++}`;
    lines.push(`  ${id}${open}"${label(text)}"${close}`);
    return id;
  };
  const edge = (from: string, to: string, text = '', dotted = false): void => {
    const arrow = dotted ? '-.->' : '-->';
    lines.push(`  ${from} ${arrow}${text === '' ? '' : `|"${label(text)}"|`} ${to}`);
  };
  const { account, keys, services, holders, grants, roles } = graph;
  const center = node(`${account.email}${account.state === 'enabled' ? '' : ` (${stateWords(account)})`}`, [
    '([',
    '])',
  ]);
  for (const { id, disabled, expired } of keys)
    edge(node(`key ${id}`), center, 'signs in as it', disabled || expired);
  for (const { region, name } of services) edge(node(`Cloud Run ${region}/${name}`), center, 'runs as it');
  const people = Map.groupBy(
    holders.filter(({ agent }) => !agent),
    ({ member }) => member,
  );
  for (const [member, its] of people) {
    const id = node(memberLabel(member));
    for (const { role, on, condition, ...holder } of its)
      edge(
        id,
        center,
        `${abilitiesWords(holder)} (${roles[role]?.label ?? role} on ${placeSeen(on, account.email)}${condition === undefined ? '' : `, ${condition.reach}`})`,
        condition?.over,
      );
  }
  const agents = new Set(holders.flatMap(({ member, agent }) => (agent ? [member] : [])));
  if (agents.size > 0) edge(node(`${agents.size} of Google's own agents`), center);
  for (const { role: name, on, condition, dead } of grants) {
    const role = roles[name];
    const binding = node(`${role?.label ?? name} on ${placeSeen(on, account.email)}`, ['{{', '}}']);
    edge(center, binding, dead ?? condition?.reach ?? '', dead !== undefined);
    if (role !== undefined) permissionsOf(role, binding);
  }
  return `${lines.join('\n')}\n`;

  function permissionsOf(role: GraphRole, binding: string): void {
    const { permissions = [], basic } = role;
    const shown = all
      ? permissions
      : basic
        ? []
        : permissions.filter((name) => graph.permissions[name]?.asked);
    for (const name of shown) edge(binding, node(name));
    const folded = permissions.length - shown.length;
    if (folded > 0)
      edge(binding, node(shown.length === 0 ? countWords(role, graph) : `${folded} more permissions`));
  }
}

/** A text inside quotes, where Mermaid takes entities that begin with # (Mermaid docs, entity codes). */
function label(text: string): string {
  return text
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(/[^\p{L}\p{N} .,:;/@()'+=_-]/gu, (sign) => `#${sign.codePointAt(0) ?? 63};`);
}
