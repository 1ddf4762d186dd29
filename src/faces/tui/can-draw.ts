/** The smallest terminal that the screens are made for, in character cells. */
const fewestColumns = 40;
const fewestRows = 20;

/** What of a terminal's output decides whether it can be drawn on; absent where it is no terminal. */
export type Canvas = Partial<Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'rows'>>;

/**
 * True if this terminal can carry the drawn conversation: both ends are terminals, it obeys cursor movements, it is large
 * enough, and no screen reader asked for plain text. Loads nothing, so it can be asked before anything is decided.
 */
export function canDraw(
  stdout: Canvas,
  env: NodeJS.ProcessEnv,
  stdin: Pick<Canvas, 'isTTY'> = process.stdin,
): boolean {
  const { isTTY = false, columns = 0, rows = 0 } = stdout;
  return (
    isTTY &&
    stdin.isTTY === true &&
    env['TERM'] !== 'dumb' &&
    !env['INK_SCREEN_READER'] &&
    columns >= fewestColumns &&
    rows >= fewestRows
  );
}
