/**
 * Tells of every change of the size, until the returned function is called. Called before Ink is: drawn at the old width,
 * a frame's lines would be broken by the terminal, and Ink would not find its place again. A window that is made small and
 * large again at once has the same size as before, so Node says nothing of it, but the terminal has forgotten what it cut.
 */
export function followSize(stdout: NodeJS.WriteStream, changed: () => void): () => void {
  let told = false;
  const resized = (): void => {
    told = true;
    changed();
  };
  // Node's own listener, which tells of other sizes, was there before.
  const signalled = (): void => {
    if (!told) changed();
    told = false;
  };
  stdout.on('resize', resized);
  process.on('SIGWINCH', signalled);
  return () => {
    stdout.off('resize', resized);
    process.off('SIGWINCH', signalled);
  };
}
