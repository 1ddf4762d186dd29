import { startCloud, type BenchCloud } from './cloud.ts';
import { demoBytesRows } from './demo-bytes.ts';
import { firstFrameRows } from './first-frame.ts';
import { keystrokeRow } from './keystroke.ts';
import { sizeRows } from './sizes.ts';
import type { Row } from './table.ts';

const PROJECTS = 5000;

/** All about the screen: how soon it is there, how soon it follows a key, what it writes, and how much code it loads. */
export async function screenRows(cloud: BenchCloud, rounds: { frame: number; keys: number }): Promise<Row[]> {
  const frames = await firstFrameRows(rounds.frame);
  const crowded = await startCloud(0, PROJECTS);
  try {
    return [
      ...frames,
      await keystrokeRow(crowded, PROJECTS, rounds.keys),
      ...(await demoBytesRows()),
      ...(await sizeRows(cloud)),
    ];
  } finally {
    await crowded.close();
  }
}
