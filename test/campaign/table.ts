import type { Outcome } from './run-trials.ts';

/** One line of the table: a kind of trial, and how its trials ended. */
export interface Row {
  kind: string;
  trials: number;
  atOnce: number;
  onNext: number;
  losses: number;
}

/** Counts how the trials of a part ended, a row a kind, in the order of the kinds' names. */
export function tally(part: string, outcomes: readonly Outcome[]): Row[] {
  const kinds = [...new Set(outcomes.map(({ kind }) => kind))].toSorted();
  return kinds.map((kind) => {
    const ofKind = outcomes.filter((outcome) => outcome.kind === kind);
    const count = (ending: Outcome['ending']) => ofKind.filter((outcome) => outcome.ending === ending).length;
    return {
      kind: `${part}: ${kind}`,
      trials: ofKind.length,
      atOnce: count('ready at once'),
      onNext: count('ready on the next run'),
      losses: count('loss'),
    };
  });
}

/** The rows as a Markdown table that reads well as plain text, too. */
export function drawTable(rows: readonly Row[]): string {
  const total = rows.reduce((sum, row) => ({
    kind: 'all',
    trials: sum.trials + row.trials,
    atOnce: sum.atOnce + row.atOnce,
    onNext: sum.onNext + row.onNext,
    losses: sum.losses + row.losses,
  }));
  const head = ['kind of trial', 'trials', 'ready at once', 'right code, ready on the next run', 'losses'];
  const cells = [...rows, total].map((row) => Object.values(row).map(String));
  const widths = head.map((name, at) => Math.max(name.length, ...cells.map((row) => row[at]?.length ?? 0)));
  const pad = (cell: string, at: number): string =>
    at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0);
  const line = (row: readonly string[]): string => `| ${row.map(pad).join(' | ')} |`;
  const rule = widths.map((width, at) => (at === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return [line(head), line(rule), ...cells.map(line)].join('\n');
}
