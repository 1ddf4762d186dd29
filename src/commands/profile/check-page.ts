import { labelled } from '../../print/layout.ts';
import { printed } from '../../print/printable.ts';
import type { Checked } from '../../profile/check-profile.ts';
import type { ProfileMistake } from '../../profile/profile-error.ts';
import { commandLine } from '../../steps/shell.ts';
import { asPhrase } from '../phrase.ts';

/** What `iamready profile check` prints: each mistake with its place, and the next step where there is none. */
export function checkPage(file: string, checked: Checked, columns: number): string {
  const width = Math.max(30, Math.min(columns, 100));
  const text = (words: string) => labelled('', words, 0, width);
  const mistake = ({ line, column, says, expected, nearest, remedy }: ProfileMistake): string[] => [
    ...text(`${file}:${line}:${column}`),
    ...labelled('', says, 2, width),
    ...labelled('', `expected ${expected}`, 2, width),
    ...(nearest === undefined ? [] : labelled('', `nearest: ${nearest}`, 2, width)),
    ...labelled('  Next', asPhrase(remedy), 9, width),
    '',
  ];
  const unsure = checked.unsure.flatMap(({ line, found }) =>
    labelled(
      '!',
      `line ${line}: ${found} is not in the catalog; setup asks Google whether it is known`,
      3,
      width,
    ),
  );
  if (!checked.ok) {
    const count = checked.mistakes.length;
    return printed([
      ...checked.mistakes.flatMap(mistake),
      ...unsure,
      ...text(`${count} ${count === 1 ? 'mistake' : 'mistakes'} in ${file}.`),
    ]);
  }
  const { name, title, permissions, services } = checked.profile;
  const again = commandLine(
    'iamready',
    'permissions',
    `--profile=${/[/\\]/u.test(file) ? file : `./${file}`}`,
  );
  return printed([
    ...text(`${file} is a profile: ${name}, "${title}".`),
    ...text(`${count(permissions, 'permission')}, ${count(services, 'service')}.`),
    ...(unsure.length === 0 ? [] : ['', ...unsure]),
    '',
    ...labelled('  Next', again, 9, width),
  ]);
}

function count(list: readonly unknown[], noun: string): string {
  return `${list.length} ${noun}${list.length === 1 ? '' : 's'}`;
}
