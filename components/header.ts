import type { Header } from '../src/wizard/presentation.ts';
import type { Line } from './line.ts';
import { spread } from './lines.ts';
import { lineWidth } from './panels/layout.ts';
import type { Marks } from './theme.ts';

/**
 * The two lines on top of every screen: what is made and where, and as whom. The badge stands on the right, on the
 * second line where the first has no room for it; the program's name gives way before anything is cut.
 */
export function headerLines(header: Header, width: number, marks: Marks): readonly [Line, Line] {
  const { profile, project, operator, badge } = header;
  const what = [profile, project].filter((part) => part !== undefined).join(` ${marks.arrow} `);
  const name: Line = [{ text: 'iamready', tone: 'accent', bold: true }];
  const made: Line = what === '' ? [] : [{ text: what, bold: true }];
  const right: Line = badge === undefined ? [] : [{ text: badge, tone: 'attention', bold: true }];
  const who: Line = [{ text: operator ?? 'not signed in', tone: 'dim' }];
  const full: Line = made.length === 0 ? name : [...name, { text: '  ' }, ...made];
  const badgeRoom = right.length === 0 ? 0 : lineWidth(right) + 2;
  const ellipsis = marks.ellipsis;
  if (lineWidth(full) + badgeRoom <= width)
    return [spread(full, right, width, ellipsis), spread(who, [], width, ellipsis)];
  const short = made.length > 0 && lineWidth(full) > width ? made : full;
  return [spread(short, [], width, ellipsis), spread(who, right, width, ellipsis)];
}

/** The same in sentences. */
export function headerSpoken({ profile, project, operator, badge }: Header): string[] {
  return [
    `iamready${profile === undefined ? '' : `, ${profile}`}${project === undefined ? '' : `, in project ${project}`}.`,
    operator === undefined ? 'Not signed in.' : `Signed in as ${operator}.`,
    ...(badge === undefined ? [] : [`This is not Google: ${badge}.`]),
  ];
}
