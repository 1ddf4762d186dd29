import { cut, widthOf } from '../../src/print/width.ts';
import type { Change } from '../../src/wizard/step.ts';
import type { Line } from '../line.ts';
import { becomes, signTones, type Group } from './changes.ts';
import { lineWidth, narrow, span, type Room } from './layout.ts';

/**
 * A line for each group of changes: its sign, its kind, as much about it as has room, and where it comes from, if that
 * has room as well. The details tell all of it. `kinds`: false where all are of one kind that is said elsewhere.
 */
export function briefRows(groups: readonly Group[], room: Room, kinds = true): Line[] {
  const gap = room.width < narrow ? 1 : 2;
  const widest = Math.min(12, Math.max(0, ...groups.map(({ first }) => widthOf(first.what))));
  const kindWidth = kinds ? widest + gap : 0;
  const width = room.width - 2 - kindWidth;
  const sourceWidth = Math.max(0, ...groups.map(({ first }) => widthOf(first.source)));
  return groups.map((group): Line => {
    const { first } = group;
    const kind = kinds ? cut(first.what, widest, room.marks.ellipsis) : '';
    const line: Line = [
      span(`${first.sign} `, signTones[first.sign]),
      span(kind + ' '.repeat(kindWidth - widthOf(kind))),
      ...told(group, width, room),
    ];
    const space = room.width - lineWidth(line) - sourceWidth;
    const hasSource = room.width >= narrow && space >= 2;
    return hasSource ? [...line, span(' '.repeat(space)), span(first.source, 'dim')] : line;
  });
}

/** The first manner of telling a group that has room; else the last one, cut. */
function told(group: Group, width: number, { marks }: Room): Line {
  const manners = mannersOf(group, marks.arrow, marks.ellipsis);
  const fitting = manners.find(([name, more]) => widthOf(name + more) <= width);
  if (fitting !== undefined) return [span(fitting[0]), span(fitting[1], 'dim')];
  const [name, more] = manners.at(-1) ?? ['', ''];
  const kept = cut(name, width, marks.ellipsis);
  const rest = width - widthOf(kept);
  return kept === name && rest > 4
    ? [span(kept), span(cut(more, rest, marks.ellipsis), 'dim')]
    : [span(kept)];
}

/** Names and what is told behind them, from the longest to the shortest. */
function mannersOf({ first, changes }: Group, arrow: string, ellipsis: string): [string, string][] {
  const names = [first.name, shortName(first.name, ellipsis)];
  const mores = first.sign === '+' ? [...inShort(first.to ?? '', arrow), ''] : changed(changes, arrow);
  return mores.flatMap((more) => names.map((name): [string, string] => [name, more]));
}

/** What becomes of something that is there. */
function changed(changes: readonly Change[], arrow: string): string[] {
  const [only = '', ...rest] = changes.map((change) => becomes(change, arrow));
  if (rest.length > 0)
    return [
      `  ${[only, ...rest].join('; ')}`,
      `  ${only} and ${rest.length} more`,
      `, ${changes.length} changes`,
    ];
  const to = changes[0]?.to;
  if (to === undefined) return [`  ${only}`];
  return [`  ${only}`, ...[to, ...firstPartsOf(to)].map((text) => ` ${arrow} ${text}`)];
}

/** `a new key` of `a new key of somebody, only you can read it`: what fewer and fewer words still say. */
function firstPartsOf(text: string): string[] {
  return [text.replace(/ of \S+@.*$/su, ''), text.replace(/[,;].*$/su, '')].filter((part) => part !== text);
}

/** `remotion-sa` of an account, `~/…/key.json` of a path, `2aef0693…` of a key: still known by those who saw all of it. */
function shortName(name: string, ellipsis: string): string {
  if (/^[0-9a-f]{40}$/u.test(name)) return name.slice(0, 8) + ellipsis;
  const [root = '', top = '', ...rest] = name.split('/');
  const last = rest.pop();
  if (last === undefined) return name.replace(/@.*$/su, '');
  const start = root === '' ? `/${top}` : root;
  return root === '' && rest.length === 0 ? name : `${start}/${ellipsis}/${last}`;
}

/** What something new will be, without what its name, its kind or the details say: its title, whole addresses. */
function inShort(to: string, arrow: string): string[] {
  const grant = /^granted to ([^@\s]+)\S*(.*)$/su.exec(to);
  if (grant) {
    const [, who = '', where = ''] = grant;
    return [...(where === '' ? [] : [` ${arrow} ${who},${where}`]), ` ${arrow} ${who}`];
  }
  const acting = /^may act as ([^@\s]+)/u.exec(to);
  if (acting) return [` may act as ${acting[1] ?? ''}`];
  const rest = to.replace(/^(?:"[^"]*"|a new key of [^\s,]+)(?:, |$)/u, '');
  return rest === '' ? [] : [`, ${rest}`];
}
