import type { Entry, List } from '../catalog/entry.ts';
import { margin, wrap } from '../print/layout.ts';

// Narrower than this, in columns, a text reads badly beside its name and goes below it.
const leastText = 30;

/** The page of a thing that the catalog knows. @param columns - width in terminal columns */
export function entryPage(entry: Entry, columns: number): string {
  const { name, title, says, facts, notes, lists, sources } = entry;
  const room = columns - margin.length;
  const head = [
    margin + name,
    ...(title === undefined ? [] : wrap(title, room).map((line) => margin + line)),
    ...(says === undefined ? [] : wrap(says, room).map((line) => margin + line)),
  ];
  const blocks = [
    head,
    rows(
      facts.map(({ label, text }) => ({ name: label, text })),
      columns,
      margin,
    ),
    ...notes.map((note) =>
      wrap(`! ${note}`, room - 2).map((line, at) => margin + (at === 0 ? line : `  ${line}`)),
    ),
    ...lists.map((list) => listLines(list, columns)),
    sources.length === 0
      ? []
      : [
          `${margin}Sources`,
          ...sources.flatMap(({ title: called, date, link }) => [
            ...wrap(`${called} (${date})`, room - 2).map(
              (line, at) => margin + (at === 0 ? `  ${line}` : `    ${line}`),
            ),
            ...(link === undefined ? [] : [`${margin}    ${link}`]),
          ]),
        ],
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

/** A list with its title; of a long one the first, and how many more there are. */
export function listLines({ title, items, shown }: List, columns: number): string[] {
  const first = shown === undefined || items.length <= shown + 1 ? items : items.slice(0, shown);
  const more = items.length - first.length;
  return [
    ...wrap(more === 0 ? title : `${title}: ${items.length}`, columns - margin.length).map(
      (line) => margin + line,
    ),
    ...rows(first, columns, `${margin}  `),
    ...(more === 0 ? [] : [`${margin}  and ${more} more; --json has them all`]),
  ];
}

/** Names in a column of their own with their texts beside them, or below them where the window is too narrow. */
export function rows(
  items: readonly { readonly name: string; readonly text: string }[],
  columns: number,
  indent: string,
): string[] {
  const width = Math.max(0, ...items.map(({ name }) => name.length)) + 2;
  const beside = columns - indent.length - width >= leastText;
  return items.flatMap(({ name, text }) => {
    if (text === '') return [indent + name];
    if (!beside)
      return [indent + name, ...wrap(text, columns - indent.length - 2).map((line) => `${indent}  ${line}`)];
    const [first = '', ...rest] = wrap(text, columns - indent.length - width);
    return [indent + name.padEnd(width) + first, ...rest.map((line) => indent + ' '.repeat(width) + line)];
  });
}
