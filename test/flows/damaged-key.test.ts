import { readFile, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { openStage } from './stage.ts';

test.each([
  [
    'one wrong character',
    // In the modulus, on which every signature rests.
    (pem: string) =>
      pem.replace(/(?<=^.{100}[^a-y]*)[a-y]/su, (letter) => String.fromCharCode(letter.charCodeAt(0) + 1)),
  ],
  ['no private key at all', () => 'a private key'],
])('a key file with %s is seen at once, and gets a new key', async (_, damage) => {
  const { setup, check, keyFile, heldKey, cloud } = await openStage();
  await setup();
  const { id } = await heldKey();
  const key = z.looseObject({ private_key: z.string() }).parse(JSON.parse(await readFile(keyFile, 'utf8')));
  await writeFile(keyFile, JSON.stringify({ ...key, private_key: damage(key.private_key) }));

  const { exit, result } = await check();
  expect(exit).toBe(2);
  expect(result.changes).toContainEqual(
    expect.objectContaining({
      step: 'key',
      sign: '~',
      from: expect.stringContaining(`key ${id} is damaged`),
    }),
  );
  expect((await setup()).exit).toBe(0);
  expect((await heldKey()).id).not.toBe(id);
  // Whoever holds a whole copy of the old one goes on with it.
  expect(await cloud.keys()).toContain(id);
});
