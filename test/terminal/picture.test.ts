import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { picture, pictureFile } from './picture.ts';

test('the picture of the README shows what the program draws today', async () => {
  const [kept, drawn] = await Promise.all([readFile(pictureFile, 'utf8'), picture()]);
  expect(kept, 'the screens have changed: npm run picture draws them anew').toBe(drawn);
});

test('the picture is read aloud by its title and description, runs nothing, and loads nothing', async () => {
  const kept = await readFile(pictureFile, 'utf8');
  expect(kept).toMatch(/<title id="title">.+<\/title>\s*<desc id="desc">.+<\/desc>/u);
  expect(kept).not.toMatch(/<script|<image|<foreignObject|@import|url\(|href/u);
  expect(kept.length).toBeLessThan(40_000);
});
