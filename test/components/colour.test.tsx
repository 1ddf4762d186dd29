import { afterEach, expect, test, vi } from 'vitest';

// Chalk, which Ink colours with, looks at this once, when it is loaded.
vi.hoisted(() => {
  process.env['FORCE_COLOR'] = '1';
});

import { draw, endAll } from './draw.tsx';
import { views } from './views.ts';

afterEach(endAll);

const sgr = /\u001b\[[0-9;]*m/gu; // eslint-disable-line no-control-regex

test('colours are the terminal’s own sixteen, and say nothing that the text does not', () => {
  for (const [name, view] of Object.entries(views)) {
    const coloured = draw(view, { colour: true });
    const plain = draw(view, { colour: false });
    expect(plain.frame(), name).not.toMatch(sgr);
    const codes = new Set(coloured.frame().match(sgr));
    expect(codes, name).toContain('\u001b[36m');
    for (const code of codes) expect(code, name).toMatch(/^.\[(?:1|2|22|3[1-6]|39)m$/u);
    const bare = coloured.lines().map((line) => line.replaceAll(sgr, '').trimEnd());
    expect(bare, name).toEqual(plain.lines());
    coloured.end();
    plain.end();
  }
});
