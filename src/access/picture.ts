import type { AccessGraph } from './graph.ts';
import { abilitiesWords, ageWords, stateWords } from './told.ts';
import { contentsOf } from './picture-contents.ts';
import { memberLabel, placeSeen } from './words.ts';

/** One thing in the picture. */
export interface PictureNode {
  readonly id: string;
  readonly label: string;
  /** A second line, smaller. */
  readonly detail?: string | undefined;
  /** It does not work now: drawn with a broken line, and said in `detail`. */
  readonly dead?: boolean;
  /** A risk of the highest level is about it; said in words as well. */
  readonly risky?: boolean;
}

/** Nodes in layers, from those who use the account to what it may do, and what leads from one to another. */
export interface Picture {
  readonly layers: readonly { readonly title: string; readonly nodes: readonly PictureNode[] }[];
  readonly edges: readonly { readonly from: string; readonly to: string; readonly dead: boolean }[];
}

/** More in one layer than this cannot be read: the rest folds into one node. */
const most = 12;

/** The graph in four layers: who uses the account, the account, its roles and where, and what these hold. Pure. */
export function pictureOf(graph: AccessGraph): Picture {
  const { account } = graph;
  const users = folded(usersOf(graph), 'users');
  const center: PictureNode = {
    ...{ id: 'account', label: account.email },
    ...(account.state !== 'enabled' && { detail: stateWords(account) }),
    dead: account.state === 'disabled' || account.state === 'absent',
  };
  const bindings = folded(bindingsOf(graph), 'roles');
  const shown = new Set(bindings.map(({ id }) => id));
  const holds = contentsOf(graph, shown);
  const order = bindings.map(({ id }) => id);
  const middleOf = ({ id }: PictureNode): number => {
    const from = holds.get(id)?.from ?? [];
    return from.length === 0
      ? order.length
      : from.reduce((sum, each) => sum + order.indexOf(each), 0) / from.length;
  };
  // The largest are drawn, each near what leads to it.
  const contents = folded(
    [...holds.values()].map(({ node }) => node),
    'services',
  ).toSorted((a, b) => middleOf(a) - middleOf(b));
  const drawn = new Set(contents.map(({ id }) => id));
  return {
    layers: [
      { title: 'Who can use it', nodes: users },
      { title: 'The account', nodes: [center] },
      { title: 'Roles, and where', nodes: bindings },
      { title: 'What these hold', nodes: contents },
    ],
    edges: [
      ...users.map(({ id, dead = false }) => ({ from: id, to: 'account', dead })),
      ...bindings.map(({ id, dead = false }) => ({ from: 'account', to: id, dead })),
      ...[...holds.values()].flatMap(({ node, from }) =>
        from.map((id) => ({ from: id, to: drawn.has(node.id) ? node.id : 'services-more', dead: false })),
      ),
    ].filter((edge, at, all) => all.findIndex(({ from, to }) => from === edge.from && to === edge.to) === at),
  };
}

function folded(nodes: readonly PictureNode[], name: string): PictureNode[] {
  if (nodes.length <= most) return [...nodes];
  const shown = nodes.slice(0, most - 1);
  return [
    ...shown,
    { id: `${name}-more`, label: `${nodes.length - shown.length} more`, detail: 'in the list' },
  ];
}

function usersOf({ account, keys, services, holders, roles }: AccessGraph): PictureNode[] {
  const people = Map.groupBy(
    holders.filter(({ agent }) => !agent),
    ({ member }) => member,
  );
  const agents = new Set(holders.flatMap(({ member, agent }) => (agent ? [member] : [])));
  return [
    ...keys.map(({ id, ageDays, disabled, expired }, at): PictureNode => {
      const state = disabled ? ', disabled' : expired ? ', expired' : '';
      return {
        ...{ id: `key-${at}`, label: `key ${id.slice(0, 12)}…` },
        ...{
          detail: `${ageDays === 0 ? 'made today' : ageWords(ageDays)}${state}`,
          dead: disabled || expired,
        },
      };
    }),
    ...services.map(({ region, name }, at): PictureNode => ({
      ...{ id: `service-${at}`, label: `${region}/${name}`, detail: 'runs as it on Cloud Run' },
    })),
    ...[...people].map(([member, its], at): PictureNode => {
      const abilities = [...new Set(its.flatMap((holder) => holder.abilities))];
      const place = [
        ...new Set(
          its.map(({ role, on }) => `${roles[role]?.label ?? role} on ${placeSeen(on, account.email)}`),
        ),
      ];
      return {
        ...{ id: `member-${at}`, label: memberLabel(member) },
        detail: `${abilitiesWords({ abilities })} (${place.length === 1 ? (place[0] ?? '') : `${place.length} roles`})`,
        dead: its.every(({ condition }) => condition?.over === true),
      };
    }),
    ...(agents.size === 0
      ? []
      : [
          {
            id: 'agents',
            label: `${agents.size} of Google's own agents`,
            detail: 'by their roles on the project',
          },
        ]),
  ];
}

function bindingsOf({ account, grants, roles }: AccessGraph): PictureNode[] {
  return grants.map(({ role: name, on, dead, condition, asked }, at) => {
    const role = roles[name];
    const words = [
      `on ${placeSeen(on, account.email)}`,
      ...(asked ? [] : ['not asked for']),
      ...(dead === undefined ? (condition === undefined ? [] : [condition.reach]) : ['without effect']),
    ];
    return {
      ...{ id: `grant-${at}`, label: role?.label ?? name, detail: words.join(', ') },
      ...{ dead: dead !== undefined, risky: role?.basic === true && dead === undefined },
    };
  });
}
