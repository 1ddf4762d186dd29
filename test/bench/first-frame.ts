import { byTurns, median } from './measure.ts';
import { oneLineProgram } from './one-line-program.ts';
import { iamready } from './program.ts';
import { ratioRow, shownMs, type Row } from './table.ts';
import { freshHome, openBenchTerminal } from './terminal.ts';

/** Stands in every first frame: nobody has signed in by then. */
export const firstFrameText = 'not signed in';

/** The first frame of the wizard and of the demo against that of an Ink program which draws one line. */
export async function firstFrameRows(rounds: number): Promise<Row[]> {
  const oneLine = await oneLineProgram();
  // Each has its own home, and so its own compiled code there, kept since the round that does not count.
  const homes = { oneLine: await freshHome(), wizard: await freshHome(), demo: await freshHome() };
  const times = await byTurns(rounds, {
    oneLine: () => timeToText([oneLine], 'one line', homes.oneLine),
    wizard: () => timeToText([iamready], firstFrameText, homes.wizard),
    demo: () => timeToText([iamready, 'demo'], firstFrameText, homes.demo),
  });
  const least = median(times.oneLine);
  const row = (what: string, ms: number): Row =>
    ratioRow(what, shownMs(ms), `one line of Ink: ${shownMs(least)}`, ms / least, { most: 1.3 });
  return [
    row('first frame of the wizard', median(times.wizard)),
    row('first frame of the demo', median(times.demo)),
  ];
}

/** From just before a program is started until it has written a text, in ms. It ends by itself, so that its cache is kept. */
async function timeToText(args: readonly string[], text: string, home: string): Promise<number> {
  const terminal = openBenchTerminal(args, home);
  try {
    const { at } = await terminal.until((written) => written.includes(text));
    return at - terminal.began;
  } finally {
    await terminal.end();
  }
}
