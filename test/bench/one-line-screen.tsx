import { render, Text } from 'ink';

/** Draws it, and stays until the process is asked to end. */
export function drawOneLine(): void {
  const { unmount } = render(<Text>one line</Text>);
  const alive = setInterval(() => undefined, 60_000);
  process.once('SIGTERM', () => {
    clearInterval(alive);
    unmount();
  });
}
