import { canDraw } from '../faces/tui/can-draw.ts';
import { showsColour } from '../faces/tui/colour.ts';
import { loadScreen } from '../faces/tui/load-screen.ts';

/** Commands that converse where a person is there. */
const conversing = new Set(['wizard', 'demo', 'undo', 'repair', 'rotate']);
const screenless = new Set(['--plain', '--json', '--yes', '--dry-run', '--help', '-h', '--version', '-V']);

/**
 * Begins to load the code that draws before the command line is read with care, where these arguments will most likely
 * come to a screen. A wrong guess costs a moment, and nothing is drawn by it.
 * @param args without Node and the program
 */
export function loadScreenEarly(args: readonly string[]): void {
  const [first = '-'] = args;
  if (!(first.startsWith('-') || conversing.has(first))) return;
  const { stdout, env } = process;
  if (args.some((arg) => screenless.has(arg)) || !canDraw(stdout, env)) return;
  // Who opens the screen is told of a failure.
  loadScreen(showsColour(stdout, env)).catch(() => undefined);
}
