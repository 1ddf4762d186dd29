import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { framesOf, type Frame } from '../../src/commands/demo/frames.ts';
import type { Moment, Recording } from '../../src/commands/demo/recorder.ts';
import { retimed } from '../../src/commands/demo/retimed.ts';
import { inChromium, onPage, withChromium } from '../browser/chromium.ts';
import { openHome, type Home, type Ran } from '../commands/iamready.ts';
import { expectRestored } from './desk.ts';
import { openIamready } from './program.ts';
import { openTerminal } from './terminal.ts';
import { shows } from './walk.ts';

const secret = /ya29|PRIVATE KEY|private_key|BEGIN /u;
const Header = z.strictObject({ version: z.literal(2), width: z.int(), height: z.int(), title: z.string() });
const Line = z.tuple([z.number().min(0), z.enum(['o', 'r']), z.string()]);

/** Reads an asciicast as strictly as its page describes it. */
function readCast(text: string): Recording {
  const [first = '', ...rest] = text.trimEnd().split('\n');
  const { width, height } = Header.parse(JSON.parse(first));
  const moments = rest.map((line): Moment => Line.parse(JSON.parse(line)));
  expect(moments.map(([seconds]) => seconds)).toEqual(
    moments.map(([seconds]) => seconds).toSorted((a, b) => a - b),
  );
  return { columns: width, rows: height, moments, seconds: moments.at(-1)?.[0] ?? 0 };
}

const linesOf = ({ rows }: Frame): string[] => rows.map((runs) => runs.map(({ text }) => text).join(' '));
const textOf = (frame: Frame): string => linesOf(frame).join('\n');

/** A file of both kinds, made where no terminal is. */
let home: Home;
let ran: Ran;
let cast: string;
let svg: string;
beforeAll(async () => {
  home = await openHome();
  ran = await home.run(['demo', '--record=demo.cast', '--svg=demo.svg']);
  [cast, svg] = await Promise.all([
    readFile(home.path('demo.cast'), 'utf8'),
    readFile(home.path('demo.svg'), 'utf8'),
  ]);
});
afterAll(() => home[Symbol.asyncDispose]());
withChromium();

test('without a terminal the demo is recorded at the speed of a reader, whatever the machine’s is', async () => {
  expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
  expect(ran.stdout).toMatch(/Recorded demo\.cast \(80 by 24, \d+ s, \d+ kB\)\.\n.*Play it: asciinema play/);
  expect(cast + svg).not.toMatch(secret);
  const recording = readCast(cast);
  expect(recording).toMatchObject({ columns: 80, rows: 24 });
  const frames = await framesOf(recording);
  const read = frames.filter(({ from, to }) => to - from >= 3);
  const screens = [/Who|sign in/i, /profile/i, /In which project/, /everything that will change/, /Ready\./];
  for (const [at, screen] of screens.entries()) expect(read[at] && textOf(read[at])).toMatch(screen);
  // Nothing but what is read, and the end, stands for long.
  expect(read).toHaveLength(screens.length);
});

test('the picture is read aloud by its title and description, runs nothing, loads nothing, and is small', () => {
  expect(svg).toMatch(/<title id="title">.+<\/title>\s*<desc id="desc">.+<\/desc>/u);
  expect(svg).not.toMatch(/<script|<image|<foreignObject|@import|url\(|href|\son\w+=/u);
  expect(svg.length).toBeLessThan(100_000);
});

test('the picture of the README shows what the program draws today', async () => {
  // Names of folders and times are others each time.
  const plain = (text: string) =>
    text
      .replaceAll(/<[^>]+>/gu, '\n')
      .replaceAll(/iamready-demo-\w+/gu, '')
      .replaceAll(/\d+/gu, '0');
  const kept = await readFile(join(import.meta.dirname, '../../.github/wizard.svg'), 'utf8');
  const frames = await framesOf(readCast(cast));
  const read = frames.filter(({ from, to }) => to - from >= 3);
  const words = read.flatMap(({ rows }) => rows.flatMap((runs) => runs.map(({ text }) => text)));
  const escaped = words.map((text) =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
  );
  // Word by word, because a number that is longer today wraps its line elsewhere.
  const known = new Set(plain(kept).split(/\s+/u));
  const missing = escaped.flatMap((text) => plain(text).split(/\s+/u)).filter((word) => !known.has(word));
  expect(missing, 'the screens have changed: npm run picture draws them anew').toEqual([]);
});

inChromium('a browser plays the picture, and shows the plan to who wants less motion', async () => {
  const file = pathToFileURL(home.path('demo.svg')).href;
  const seen = `[...document.querySelectorAll('.f')].filter((each) => getComputedStyle(each).visibility === 'visible').map((each) => each.textContent).join('\\n')`;
  // A pause that is still pending when the time is set may undo that.
  const at = (seconds: number) =>
    `Promise.all(document.getAnimations().map(async (each) => { each.pause(); await each.ready; each.currentTime = ${seconds * 1000} }))`;
  const frames = await framesOf(readCast(cast));
  const amid = (words: RegExp): number => {
    const frame = frames.find((each) => each.to - each.from >= 3 && words.test(textOf(each)));
    if (frame === undefined) throw new Error(`no frame that is read says ${words.source}`);
    return (frame.from + frame.to) / 2;
  };
  await onPage(file, { viewport: { width: 780, height: 540 } }, async (page) => {
    await page.evaluate(at(amid(/sign in/i)));
    expect(await page.evaluate(seen)).toContain('ada@acme.com');
    await page.evaluate(at(amid(/This is everything that will change/)));
    expect(await page.evaluate(seen)).toContain('This is everything that will change');
    await page.evaluate(at(Number(/f\{animation:([\d.]+)s/u.exec(svg)?.[1]) - 1));
    expect(await page.evaluate(seen)).toContain('Ready. remotion-sa@');
    expect(await page.evaluate(seen)).not.toContain('This is everything');
  });
  await onPage(file, { reducedMotion: 'reduce' }, async (page) => {
    expect(await page.evaluate('document.getAnimations().length')).toBe(0);
    expect(await page.evaluate(seen)).toContain('This is everything that will change');
  });
});

const asciinema = '/usr/bin/asciinema';
if (!existsSync(asciinema)) console.warn(`no ${asciinema}: no player is asked (apt install asciinema)`);

test.skipIf(!existsSync(asciinema))('asciinema plays the recording to its end', async () => {
  const args = ['play', '--speed=100', '--idle-time-limit=0.01', home.path('demo.cast')];
  await using terminal = await openTerminal(asciinema, args);
  expect(await terminal.ended()).toMatchObject({ code: 0 });
  expect(terminal.screen().join('\n')).toContain('Ready. remotion-sa@acme-video');
});

test('in a terminal it records what the person sees, and the demo stays theirs', async () => {
  await using terminal = await openIamready(['demo', '--record=seen.cast'], { columns: 90, rows: 26 });
  await terminal.until(shows.signIn);
  terminal.press('enter');
  await terminal.until(/● Remotion Cloud Run/u);
  terminal.press('ctrl-c');
  await expectRestored(terminal, 130);
  expect(terminal.screen().join('\n')).toMatch(/Left the demo[^]*Recorded seen\.cast/);
  const recording = readCast(await readFile(join(terminal.folder, 'seen.cast'), 'utf8'));
  expect(recording).toMatchObject({ columns: 90, rows: 26 });
  const written = recording.moments.map(([, , data]) => data).join('');
  expect(written).toMatch(/ada@acme\.com[^]*Remotion Cloud Run[^]*Left the demo/);
  expect(written).not.toContain('Recorded');
});

test('a file that is no recording is not replaced, and a folder that is not there is told of before the play', async () => {
  await writeFile(home.path('notes.cast'), 'my notes\n');
  const [taken, nowhere] = await Promise.all([
    home.run(['demo', '--record=notes.cast']),
    home.run(['demo', '--svg=absent/demo.svg']),
  ]);
  expect(taken).toMatchObject({ exitCode: 64, stdout: '' });
  expect(taken.stderr.replaceAll(/\s+/gu, ' ')).toContain(
    '--record: "notes.cast" is there, and is no recording',
  );
  expect(nowhere).toMatchObject({ exitCode: 64, stdout: '' });
  expect(await readFile(home.path('notes.cast'), 'utf8')).toBe('my notes\n');
});

test('however slow a machine is, what is written stays in order, and nothing stands still for long', () => {
  const gap = fc.integer({ min: 0, max: 60_000 });
  fc.assert(
    fc.property(fc.array(fc.tuple(gap, fc.string({ minLength: 1 })), { minLength: 1 }), (written) => {
      let ms = 0;
      const taken = written.map(([after, data]) => ({ ms: (ms += after), kind: 'o' as const, data }));
      const { moments, seconds } = retimed(taken, []);
      expect(moments.map(([, , data]) => data).join('')).toBe(written.map(([, data]) => data).join(''));
      const times = [0, ...moments.map(([at]) => at), seconds];
      for (const [at, time] of times.slice(1).entries()) {
        expect(time).toBeGreaterThanOrEqual(times[at] ?? 0);
        expect(time - (times[at] ?? 0)).toBeLessThanOrEqual(10.02);
      }
    }),
    { numRuns: 50 },
  );
});
