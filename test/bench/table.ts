/** One line of the table. */
export interface Row {
  what: string;
  measured: string;
  against: string;
  ratio: string;
  target: string;
  /** Absent where there is no target, or nothing could be measured. */
  met?: boolean;
}

/** A row of a ratio; `most` and `least` are its target, both included; `best` is what can be had where no target is set. */
export function ratioRow(
  what: string,
  measured: string,
  against: string,
  ratio: number,
  target: { most?: number; least?: number; best?: number } = {},
): Row {
  const { most, least, best } = target;
  const row = { what, measured, against, ratio: `${ratio.toFixed(2)}×` };
  if (most !== undefined) return { ...row, target: `≤ ${most}×`, met: ratio <= most };
  if (least !== undefined) return { ...row, target: `≥ ${least}×`, met: ratio >= least };
  return { ...row, target: best === undefined ? '' : `none; at best ${best.toFixed(2)}×` };
}

/** A row of a peak of memory, in MB of 1,000,000 bytes; `most` is its target. Undefined bytes: not measured here. */
export function memoryRow(what: string, bytes: number | undefined, most?: number): Row {
  const row = { what, against: '', ratio: '', target: most === undefined ? '' : `≤ ${most} MB` };
  if (bytes === undefined) return { ...row, measured: 'not measured: Linux only' };
  return {
    ...row,
    measured: `${(bytes / 1e6).toFixed(0)} MB`,
    ...(most === undefined ? {} : { met: bytes <= most * 1e6 }),
  };
}

/** Milliseconds for print. */
export function shownMs(ms: number): string {
  return `${ms.toFixed(ms < 100 ? 1 : 0)} ms`;
}

/** The rows as a Markdown table that reads well as plain text, too. */
export function drawTable(rows: readonly Row[]): string {
  const head = ['', 'measured', 'against', 'ratio', 'target', 'met'];
  const cells = [head, ...rows.map(cellsOf)];
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[], fill = ' '): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0, fill)).join(' | ')} |`;
  const [top = head, ...rest] = cells;
  const rule = line(
    head.map(() => ''),
    '-',
  );
  return [line(top), rule, ...rest.map((row) => line(row))].join('\n');
}

function cellsOf({ what, measured, against, ratio, target, met }: Row): string[] {
  return [what, measured, against, ratio, target, met === undefined ? '' : met ? 'yes' : 'MISSED'];
}
