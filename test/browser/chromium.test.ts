import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished } from 'vitest';
import { inChromium, onPage, withChromium } from './chromium.ts';

withChromium();

inChromium('a file of this machine is shown in the size and the colours that are asked for', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'iamready-page-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'page.html');
  await writeFile(file, '<!doctype html><title>A page</title>');
  const options = { viewport: { width: 360, height: 640 }, colorScheme: 'dark' as const };
  await onPage(pathToFileURL(file).href, options, async (page) => {
    expect(await page.title()).toBe('A page');
    const seen = await page.evaluate('[innerWidth, matchMedia("(prefers-color-scheme: dark)").matches]');
    expect(seen).toEqual([360, true]);
  });
});
