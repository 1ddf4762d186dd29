import { expect, test } from 'vitest';
import { canDraw, type Canvas } from '../../../src/faces/tui/can-draw.ts';
import { loadColoured, showsColour } from '../../../src/faces/tui/colour.ts';

const terminal: Canvas = { isTTY: true, columns: 80, rows: 24 };
const xterm = { TERM: 'xterm-256color' };

test('a terminal of 40 by 20 can be drawn on', () => {
  expect(canDraw({ ...terminal, columns: 40, rows: 20 }, xterm, { isTTY: true })).toBe(true);
});

test.each<[string, Canvas, NodeJS.ProcessEnv, Pick<Canvas, 'isTTY'>]>([
  ['39 columns', { ...terminal, columns: 39 }, xterm, terminal],
  ['19 rows', { ...terminal, rows: 19 }, xterm, terminal],
  ['a size that is not known', { isTTY: true, columns: 0, rows: 0 }, xterm, terminal],
  ['output that is no terminal', {}, xterm, terminal],
  ['input that is no terminal', terminal, xterm, {}],
  ['a dumb terminal', terminal, { TERM: 'dumb' }, terminal],
  ['a screen reader', terminal, { ...xterm, INK_SCREEN_READER: 'true' }, terminal],
])('%s is for the plain face', (_, stdout, env, stdin) => {
  expect(canDraw(stdout, env, stdin)).toBe(false);
});

test.each<[NodeJS.ProcessEnv, boolean, boolean]>([
  [{}, true, true],
  [{}, false, false],
  [{ NO_COLOR: '1' }, true, false],
  [{ NO_COLOR: '' }, true, true],
  [{ NO_COLOR: '1', FORCE_COLOR: '1' }, true, false],
  [{ FORCE_COLOR: '0' }, true, false],
  [{ FORCE_COLOR: '3' }, false, true],
  [{ TERM: 'dumb', FORCE_COLOR: '1' }, true, false],
])('with %j and a terminal that says %s, colour is %s', (env, hasColors, colour) => {
  expect(showsColour({ hasColors: () => hasColors }, env)).toBe(colour);
});

test('code that colours is told how, and programs started later are not', async () => {
  const before = process.env['FORCE_COLOR'];
  const told = await loadColoured(false, () => Promise.resolve(process.env['FORCE_COLOR']));
  expect(told).toBe('0');
  expect(process.env['FORCE_COLOR']).toBe(before);
});
