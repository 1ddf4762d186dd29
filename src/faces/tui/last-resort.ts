import { writeSync } from 'node:fs';

/**
 * What makes a terminal usable again, whatever was going on in it: synchronised output, bracketed paste and the alternate
 * screen off, colours back, cursor shown (xterm's control sequences).
 */
const restored = '\u001B[?2026l\u001B[?2004l\u001B[?1049l\u001B[0m\u001B[?25h';

/**
 * Until the returned function is called: if the process ends, or is about to print an exception that nobody caught, `leave`
 * is called and the terminal is made usable. Synchronous, because nothing else happens any more.
 */
export function watchForTheEnd(
  stdin: NodeJS.ReadStream,
  stdout: NodeJS.WriteStream & { fd?: number },
  leave: () => void,
): () => void {
  const ending = (): void => {
    stop();
    // Each on its own: what failed may be the reason why the process ends.
    for (const act of [leave, () => writeSync(stdout.fd ?? 1, restored), () => stdin.setRawMode(false)])
      try {
        act();
      } catch {
        // There is nobody to tell, and the rest is still to be done.
      }
  };
  const stop = (): void => {
    process.off('exit', ending);
    process.off('uncaughtExceptionMonitor', ending);
  };
  process.on('exit', ending);
  process.on('uncaughtExceptionMonitor', ending);
  return stop;
}
