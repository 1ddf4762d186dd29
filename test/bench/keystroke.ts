import type { BenchCloud } from './cloud.ts';
import { profile } from './errand.ts';
import { median, percentile } from './measure.ts';
import { iamready } from './program.ts';
import { shownMs, type Row } from './table.ts';
import { freshHome, openBenchTerminal, type BenchTerminal } from './terminal.ts';

const MOST_MS = 16;
/** No redraw takes so long, and what ticks by itself does so once a second, while something is going on. */
const QUIET_MS = 100;
const backspace = '\u007F';
/** Ends what is drawn at once (synchronised output, a private mode of terminals). */
const drawn = '\u001B[?2026l';

/** From a key pressed in the list of all the cloud's projects until the last byte of what it changed on the screen. */
export async function keystrokeRow(cloud: BenchCloud, projects: number, keys: number): Promise<Row> {
  const flags = [
    `--profile=${profile}`,
    `--endpoint=${cloud.endpoint}`,
    `--access-token-file=${cloud.tokenFile}`,
  ];
  const terminal = openBenchTerminal([iamready, ...flags], await freshHome());
  const all = projects.toLocaleString('en');
  const times: number[] = [];
  try {
    // The world's own project is one more.
    const listed = (projects + 1).toLocaleString('en');
    await terminal.until((written) => written.includes('which project') && written.includes(listed));
    await terminal.quiet(5 * QUIET_MS);
    for (const key of typed(keys)) times.push(await redraw(terminal, key));
  } finally {
    await terminal.end();
  }
  const p95 = percentile(times, 0.95);
  return {
    what: `keystroke to redraw among ${all} projects, p95`,
    measured: shownMs(p95),
    against: `median: ${shownMs(median(times))}`,
    ratio: '',
    target: `≤ ${MOST_MS} ms`,
    met: p95 <= MOST_MS,
  };
}

/** Words that match all, some and none of the projects, each typed and taken back, key by key. */
function typed(keys: number): string[] {
  const words = ['bench-4321', '77', 'bench-x', '00', 'ben', 'bench-0'];
  const round = words.flatMap((word) => [...word.split(''), ...word.split('').map(() => backspace)]);
  return Array.from({ length: keys }, (_, at) => round[at % round.length] ?? backspace);
}

async function redraw(terminal: BenchTerminal, key: string): Promise<number> {
  const from = terminal.pieces.length;
  const pressed = performance.now();
  terminal.write(key);
  await terminal.until((written) => written.includes(drawn), from);
  await terminal.quiet(QUIET_MS);
  return (terminal.pieces.at(-1)?.at ?? Infinity) - pressed;
}
