import type { Fit, Suggestion } from '../catalog/suggest.ts';
import { margin, wrap } from '../print/layout.ts';
import { listLines, rows } from './entry-page.ts';

/** What can be granted, as lines. @param columns - width in terminal columns */
export function suggestionPage(found: Suggestion, columns: number): string[] {
  const { asked, role, together, held, custom, since } = found;
  const paragraph = (text: string) => wrap(text, columns - margin.length).map((line) => margin + line);
  const blocks: string[][] = [
    paragraph(`For ${counted(asked.length)}, by Google's roles (${since}):`),
    ...(role ? fitBlocks(role, asked.length, columns) : []),
    ...(held.length === 0
      ? []
      : [listLines({ title: 'No role holds', items: held.map((name) => ({ name, text: '' })) }, columns)]),
    ...(role
      ? []
      : [
          paragraph(
            together.length === 0
              ? 'None of them holds any of this.'
              : 'None of them holds all of it. These do together, as far as any does:',
          ),
          ...together.flatMap((each) => fitBlocks(each, asked.length, columns)),
        ]),
    [
      ...paragraph(
        `A custom role gives just this: ${counted(custom.permissions.length)}${custom.refused.length === 0 ? '' : `, ${custom.refused.length} refused`}.`,
      ),
      ...rows(
        custom.permissions.map((name) => ({ name, text: '' })),
        columns,
        `${margin}  `,
      ),
    ],
    ...(custom.refused.length === 0
      ? []
      : [
          listLines(
            { title: 'It cannot hold', items: custom.refused.map(({ name, why }) => ({ name, text: why })) },
            columns,
          ),
        ]),
  ];
  return blocks.flatMap((lines, at) => (at === 0 ? lines : ['', ...lines]));
}

function fitBlocks(
  { role, title, size, extra, risks, lowest }: Fit,
  asked: number,
  columns: number,
): string[][] {
  const level = lowest === undefined || lowest === 'project' ? '' : `, can be granted on a single ${lowest}`;
  const head = `${title}: ${counted(size)}${level}.`;
  const holds = size - extra.length;
  const much =
    extra.length === 0
      ? 'It gives nothing more.'
      : `It gives ${extra.length} more than asked for${holds < asked ? `, and ${holds} of what was` : ''}.`;
  return [
    [
      `${margin}${role}`,
      ...wrap(`${head} ${much}`, columns - margin.length - 2).map((line) => `${margin}  ${line}`),
    ],
    ...(risks.length === 0
      ? []
      : [
          listLines(
            {
              title: 'Of that, these can do harm',
              items: risks.map(({ name, risk }) => ({ name, text: risk })),
              shown: 8,
            },
            columns,
          ),
        ]),
    ...(extra.length === 0
      ? []
      : [
          listLines(
            { title: 'Too much', items: extra.map((name) => ({ name, text: '' })), shown: 12 },
            columns,
          ),
        ]),
  ];
}

function counted(count: number): string {
  return `${count} permission${count === 1 ? '' : 's'}`;
}
