import { setImmediate as nextTurn } from 'node:timers/promises';

/**
 * Leaves what is typed to other programs. Ink takes its listeners off, but Node would go on reading: it stops where a
 * stream is paused, which takes effect a turn after the listeners are gone, and in the turn after that.
 */
export async function stopReading(stdin: NodeJS.ReadStream): Promise<void> {
  stdin.setRawMode(false);
  await nextTurn();
  stdin.pause();
  await nextTurn();
}
