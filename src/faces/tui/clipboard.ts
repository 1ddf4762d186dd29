/**
 * The sequence that asks a terminal to put a text on the clipboard (xterm's control sequences, OSC 52), which also works
 * over SSH. Terminals that do not know it, or do not allow it, ignore it. Nothing in it moves the cursor.
 */
export function clipboardSequence(text: string): string {
  return `\u001B]52;c;${Buffer.from(text, 'utf8').toString('base64')}\u0007`;
}
