import { iamready } from './program.ts';
import type { Row } from './table.ts';
import { freshHome, openBenchTerminal } from './terminal.ts';

const CELLS = 80 * 24;
/** Beyond this, more than half of the screen is written anew each time, for the little that changes between two frames. */
const MOST_OF_ALL = 0.5;
const drawn = '\u001B[?2026l';
/** Erases the screen, or all from the cursor on: what is then drawn again flickers. */
const clears = ['[J', '[0J', '[2J', '[3J', 'c'].map((sequence) => `\u001B${sequence}`);

/** What a whole demo writes to the terminal while it plays itself, against every frame written whole. */
export async function demoBytesRows(): Promise<Row[]> {
  const terminal = openBenchTerminal([iamready, 'demo', 'first', '--auto', '--speed=20'], await freshHome());
  await terminal.gone;
  const all = terminal.pieces.map(({ text }) => text).join('');
  const seconds = ((terminal.pieces.at(-1)?.at ?? terminal.began) - terminal.began) / 1000;
  const bytes = Buffer.byteLength(all);
  const frames = all.split(drawn).length - 1;
  if (frames < 10) throw new Error(`the demo drew only ${frames} frames:\n${all}`);
  const ratio = bytes / (frames * CELLS);
  const cleared = clears.reduce((sum, sequence) => sum + all.split(sequence).length - 1, 0);
  return [
    {
      what: 'bytes to the terminal in a demo that plays itself',
      measured: `${(bytes / 1000).toFixed(1)} kB in ${seconds.toFixed(1)} s`,
      against: `${frames} frames of 80×24`,
      ratio: `${ratio.toFixed(2)}×`,
      target: `≤ ${MOST_OF_ALL}×`,
      met: ratio <= MOST_OF_ALL,
    },
    {
      what: 'times that it clears the screen',
      measured: String(cleared),
      against: '',
      ratio: '',
      target: '0',
      met: cleared === 0,
    },
  ];
}
