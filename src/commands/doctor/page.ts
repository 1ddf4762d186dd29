import { glyphsFor } from '../../print/glyphs.ts';
import { labelled } from '../../print/layout.ts';
import { printed } from '../../print/printable.ts';
import { isWell, type Checks } from './check.ts';

/** What `iamready doctor` prints: a line for each thing it looked at, and below it what to do. */
export function doctorPage(
  groups: readonly Checks[],
  { columns, env, full }: { columns: number; env: NodeJS.ProcessEnv; full: boolean },
): string {
  const width = Math.max(30, Math.min(columns, 100));
  const { ready, blocked } = glyphsFor(env);
  const names = groups.flatMap(({ checks }) => checks.map(({ name }) => name.length));
  const mark = Math.max(ready.length, blocked.length) + 1;
  const label = mark + Math.min(Math.max(...names), width < 60 ? 10 : 20) + 2;
  const sick = groups.flatMap(({ checks }) => checks).filter((check) => !isWell(check));
  return printed([
    ...groups.flatMap(({ title, checks }) => [
      ...labelled('', title, 0, width),
      ...checks.flatMap((check, at) => [
        ...named(`${(isWell(check) ? ready : blocked).padEnd(mark)}${check.name}`, check.text, label, width),
        ...(check.remedy === undefined || check.remedy === checks[at + 1]?.remedy
          ? []
          : labelled(`${' '.repeat(mark)}Next`, check.remedy, label, width)),
      ]),
      '',
    ]),
    ...labelled(
      '',
      sick.length === 0
        ? 'All is well.'
        : `${sick.length} of these ${sick.length === 1 ? 'needs' : 'need'} you.`,
      0,
      width,
    ),
    ...(full
      ? []
      : labelled('', 'No secret is in this. Names in addresses are masked: --full shows them.', 0, width)),
  ]);
}

/** A name that is too long for its column has a line of its own. */
function named(name: string, text: string, label: number, width: number): string[] {
  if (name.length < label) return labelled(name, text, label, width);
  return [...labelled(name, '', name.length, width), ...labelled('', text, label, width)];
}
