import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { beforeAll, expect } from 'vitest';
import * as z from 'zod';
import { report } from '../../src/commands/report.ts';
import { flagsOf } from '../access/look-at.ts';
import { hostile, richWorld } from '../access/rich-world.ts';
import { intoMemory } from '../commands/into-memory.ts';
import { openStage } from '../flows/stage.ts';
import { seriousOf } from './axe.ts';
import { hasChromium, inChromium, onPage, withChromium } from './chromium.ts';
import { misfitsOf } from './fits.ts';

withChromium();

const Testable = z.object({
  permissions: z.array(z.object({ name: z.string(), customRolesSupportLevel: z.string().optional() })),
});
let folder: string;
const page = (name: string) => join(folder, `${name}.html`);

beforeAll(async () => {
  if (!hasChromium) return;
  folder = await mkdtemp(join(tmpdir(), 'iamready-report-'));
  const closing: (() => Promise<void>)[] = [];
  const stage = await openStage({ world: await richWorld() }, (close) => closing.push(close));
  const { out } = intoMemory();
  const write = (flags: object, name: string) =>
    report(
      { ...flagsOf(stage), ...flags, html: page(name) },
      { out, err: out },
      new AbortController().signal,
    );
  expect((await stage.setup()).exit).toBe(0);
  await write({ regions: 'europe-west1' }, 'rich');
  // As many permissions as a large service asks for, each with its reason.
  const asked = Testable.parse(
    await stage.cloud.call('POST', 'v1/permissions:queryTestablePermissions', {
      ...{ fullResourceName: '//cloudresourcemanager.googleapis.com/projects/acme-video', pageSize: 1000 },
    }),
  );
  const names = asked.permissions
    .filter(({ customRolesSupportLevel: level }) => level === undefined || level === 'SUPPORTED')
    .map(({ name }) => name)
    .slice(0, 180);
  const profile = join(folder, 'large.yaml');
  const text = `name: large
title: A large service
summary: Does nearly everything.
services: [{name: iam.googleapis.com, why: It makes the account.}]
role: {id: Large, title: Large, stage: GA}
account: {id: large-service, displayName: Large}
grants: [{role: custom, on: project}]
permissions:
${names.map((name) => `  - {name: ${name}, why: 'Needed for what this service does with it, in a sentence as long as such are.'}`).join('\n')}
`;
  await writeFile(profile, text);
  const flags = { profile, keyFile: join(folder, 'large.json') };
  expect((await stage.setup(flags)).exit).toBe(0);
  await write(flags, 'large');
  await Promise.all(closing.map((close) => close()));
  return () => rm(folder, { recursive: true });
});

const desk = { viewport: { width: 1280, height: 900 }, colorScheme: 'light' as const };
const phone = { viewport: { width: 360, height: 900 }, colorScheme: 'dark' as const };

inChromium.each(['rich', 'large'])(
  'the %s report fits at any width, in both colours and on paper',
  async (name) => {
    await onPage(pathToFileURL(page(name)).href, desk, async (at) => {
      for (const open of [false, true]) {
        if (open) await at.evaluate(openAll);
        for (const colorScheme of ['light', 'dark'] as const)
          for (const width of [360, 768, 1280, 1600]) {
            await at.emulateMedia({ colorScheme });
            await at.setViewportSize({ width, height: 900 });
            expect([width, colorScheme, await misfitsOf(at)]).toEqual([width, colorScheme, []]);
          }
      }
      // The rule can fail.
      await at.setViewportSize(phone.viewport);
      await at.evaluate(`document.querySelector('main p').style.width = '400px'`);
      await at.evaluate(`document.querySelector('g.node rect').setAttribute('width', '40')`);
      expect((await misfitsOf(at)).map((each) => each.split(':')[0])).toEqual(
        expect.arrayContaining(['sticks out', 'does not fit its box']),
      );
    });
    await onPage(
      pathToFileURL(page(name)).href,
      { ...phone, viewport: { width: 718, height: 1000 } },
      async (at) => {
        await at.emulateMedia({ media: 'print' });
        expect(await misfitsOf(at)).toEqual([]);
        // Dark is for screens; what is folded is read on paper, too.
        expect(await at.evaluate('getComputedStyle(document.body).backgroundColor')).toBe(
          'rgb(255, 255, 255)',
        );
        const folded = `[...document.querySelectorAll('details > table')].every((e) => e.checkVisibility())`;
        expect(await at.evaluate(folded)).toBe(true);
      },
    );
    expect((await stat(page(name))).size).toBeLessThan(300_000);
  },
);

inChromium(
  'axe finds nothing serious in it, all of it open, on a phone in the dark and on a desk',
  async () => {
    await onPage(pathToFileURL(page('rich')).href, phone, async (at) => {
      await at.evaluate(openAll);
      expect(await seriousOf(at)).toEqual([]);
    });
    await onPage(pathToFileURL(page('rich')).href, desk, async (at) => {
      expect(await seriousOf(at, 'color-contrast')).toEqual([]);
      // The rule can fail.
      await at.evaluate(`document.querySelector('header p').style.color = '#ddd'`);
      expect(await seriousOf(at, 'color-contrast')).toHaveLength(1);
    });
  },
);

/** Runs in the page. */
const openAll = 'for (const each of document.querySelectorAll("details")) each.open = true';

/** What the keyboard has reached, until it comes round. */
async function reached(at: Page): Promise<number> {
  return z.number().parse(
    await (async () => {
      for (let presses = 0; presses < 200; presses++) {
        await at.keyboard.press('Tab');
        const more = await at.evaluate(`(() => {
          const e = document.activeElement;
          if (e === document.body || e.dataset.reached) return false;
          e.dataset.reached = getComputedStyle(e).outlineStyle === 'none' ? 'unseen' : 'seen';
          return true;
        })()`);
        if (more !== true) break;
      }
      return at.evaluate(`document.querySelectorAll('[data-reached=seen]').length`);
    })(),
  );
}

inChromium('the keyboard reaches every link and fold, and shows where it is; Enter folds', async () => {
  await onPage(pathToFileURL(page('rich')).href, {}, async (at) => {
    await at.evaluate(openAll);
    const all = await at.evaluate(`document.querySelectorAll('a[href], summary').length`);
    expect(await reached(at)).toBe(all);
    await at.evaluate(`document.querySelector('summary').focus()`);
    await at.keyboard.press('Enter');
    expect(await at.evaluate(`document.querySelector('details').open`)).toBe(false);
  });
});

inChromium('no name in it becomes markup, nothing is loaded, and its headings are in order', async () => {
  const asked: string[] = [];
  await onPage('about:blank', {}, async (at) => {
    at.on('request', (request) => asked.push(request.url()));
    await at.goto(pathToFileURL(page('rich')).href);
    expect(
      await at.evaluate(`document.querySelectorAll('script, img, iframe, link, object, form').length`),
    ).toBe(0);
    const text = z.string().parse(await at.evaluate('document.body.innerText'));
    // Spelt out, as it would turn the line around.
    expect(text).toContain(hostile.slice(0, 60).replace('\u202e', String.raw`\u{202e}`));
    const levels = z
      .array(z.number())
      .parse(
        await at.evaluate(`[...document.querySelectorAll('h1, h2, h3')].map((e) => Number(e.tagName[1]))`),
      );
    expect(levels[0]).toBe(1);
    expect(levels.every((level, index) => level <= (levels[index - 1] ?? 1) + 1)).toBe(true);
  });
  expect(asked).toEqual([pathToFileURL(page('rich')).href]);
});

inChromium('what the picture shows stands in the lists as well', async () => {
  const html = await readFile(page('rich'), 'utf8');
  await onPage(pathToFileURL(page('rich')).href, { viewport: { width: 1280, height: 900 } }, async (at) => {
    const drawn = z
      .array(z.string())
      .parse(
        await at.evaluate(
          `[...document.querySelectorAll('svg')].filter((e) => e.checkVisibility()).map((e) => e.querySelector('desc').textContent)`,
        ),
      );
    expect(drawn).toHaveLength(1);
    expect(drawn[0]).toContain('user:vera@acme.com');
    const lists = z.string().parse(await at.evaluate(`document.querySelector('#users').innerText`));
    expect(lists).toContain('user:vera@acme.com');
    expect(lists).toContain('principalSet://iam.googleapis.com/');
  });
  expect(html).not.toContain('BEGIN PRIVATE KEY');
});
