import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exitCodes } from '../src/wizard/exit-codes.ts';
import { table } from '../src/wizard/node.ts';

/** A Markdown table, aligned as Prettier aligns it. */
function markdown(head: string[], rows: string[][]): string {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (cells: string[]) =>
    `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

const drawn = [
  {
    file: 'README.md',
    mark: 'exit codes',
    text: markdown(
      ['code', 'means'],
      Object.values(exitCodes).map(({ code, means }) => [String(code), means]),
    ),
  },
  {
    file: 'src/wizard/README.md',
    mark: 'transitions',
    text: markdown(
      ['a step that is', 'and is told', 'becomes'],
      Object.entries(table).flatMap(([from, row]) =>
        Object.entries(row).map(([event, to]) => [from, event, to]),
      ),
    ),
  },
];

for (const { file, mark, text } of drawn)
  test(`${file} shows the ${mark} as they are in the code`, async () => {
    const document = await readFile(file, 'utf8');
    const section = new RegExp(`(<!-- ${mark}:[^\\n]* -->\\n)[^]*?(<!-- end -->)`);
    expect(document).toMatch(section);
    const fresh = document.replace(section, (_, begin: string, end: string) => `${begin}\n${text}\n\n${end}`);
    await expect(fresh).toMatchFileSnapshot(join(import.meta.dirname, '..', file));
  });
