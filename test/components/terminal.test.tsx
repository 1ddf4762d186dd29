import headless from '@xterm/headless';
import { expect, test, vi } from 'vitest';
import { draw, endAll, keys } from './draw.tsx';
import { views } from './views.ts';

// The emulator knows no emoji, so names with these stay out.
// Ink moves the cursor to what changed: this is what a terminal makes of that, compared with the frame itself.
test.each(Object.entries(views).filter(([name]) => !/wide|hostile|choosing a project/.test(name)))(
  '%s looks on a terminal as it was drawn, and scrolls nothing away',
  async (_, view) => {
    const size = { columns: 80, rows: 24 };
    const terminal = new headless.Terminal({ cols: size.columns, rows: size.rows, allowProposedApi: true });
    const onScreen = () =>
      Array.from(
        { length: size.rows },
        (_row, at) => terminal.buffer.active.getLine(at)?.translateToString(true) ?? '',
      );
    const real = draw(view, { ...size, written: (text) => terminal.write(text) });
    const frame = draw(view, size);
    for (const key of ['', keys.down, keys.pageDown, '?', keys.end, '?', keys.end]) {
      if (key !== '') {
        await real.press(key);
        await frame.press(key);
      }
      const lines = frame.lines();
      await vi.waitFor(
        () =>
          expect(
            onScreen()
              .slice(0, lines.length)
              .map((line) => line.trimEnd()),
          ).toEqual(lines),
        { timeout: 20_000 },
      );
      expect(onScreen().slice(lines.length).join('')).toBe('');
      expect(terminal.buffer.active.baseY).toBe(0);
    }
    endAll();
  },
);
