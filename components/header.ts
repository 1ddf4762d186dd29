import { cut, widthOf } from '../src/print/width.ts';
import type { Header } from '../src/wizard/presentation.ts';
import type { Line } from './line.ts';
import { spread } from './lines.ts';
import { lineWidth } from './panels/layout.ts';
import type { Marks } from './theme.ts';

/** Fewer columns than this tell nobody which profile it is. */
const leastForProfile = 12;

/**
 * The two lines on top of every screen: what is made and where, and as whom. The badge stands on the right, on the
 * second line where the first has no room for it. The program's name gives way before anything is cut, and the profile
 * before the project. `steps` stand at the end of the second line, where it has room.
 */
export function headerLines(
  header: Header,
  width: number,
  marks: Marks,
  steps: Line = [],
): readonly [Line, Line] {
  const { operator, badge } = header;
  const { ellipsis } = marks;
  const right: Line =
    badge === undefined
      ? []
      : [{ text: cut(badge, Math.floor((width * 2) / 3), ellipsis), tone: 'attention', bold: true }];
  const who: Line = [{ text: operator ?? 'not signed in', tone: 'dim' }];
  const name: Line = [{ text: 'iamready', tone: 'accent', bold: true }];
  const made = madeText(header, Infinity, marks);
  const full: Line = made === '' ? name : [...name, { text: '  ' }, { text: made, bold: true }];
  const badgeRoom = badge === undefined ? 0 : lineWidth(right) + 2;
  if (lineWidth(full) + badgeRoom <= width)
    return [
      spread(full, right, width, ellipsis),
      spread(who, lineWidth(who) + 2 + lineWidth(steps) <= width ? steps : [], width, ellipsis),
    ];
  const short: Line =
    lineWidth(full) <= width ? full : [{ text: madeText(header, width, marks), bold: true }];
  return [spread(short, [], width, ellipsis), spread(who, right, width, ellipsis)];
}

/** "profile → project", on at most `width` columns as far as that leaves something of both. */
function madeText({ profile, project }: Header, width: number, { arrow, ellipsis }: Marks): string {
  if (profile === undefined || project === undefined) return profile ?? project ?? '';
  const end = ` ${arrow} ${project}`;
  return cut(profile, Math.max(width - widthOf(end), leastForProfile), ellipsis) + end;
}

/** The same in sentences. */
export function headerSpoken({ profile, project, operator, badge }: Header): string[] {
  return [
    `iamready${profile === undefined ? '' : `, ${profile}`}${project === undefined ? '' : `, in project ${project}`}.`,
    operator === undefined ? 'Not signed in.' : `Signed in as ${operator}.`,
    ...(badge === undefined ? [] : [`This is not Google: ${badge}.`]),
  ];
}
