import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { z } from 'zod';

const lockFile = z.object({ packages: z.record(z.string(), z.object({ version: z.string().optional() })) });

// A client made by one copy and handed to another silently sends no Authorization header.
test.each(['google-auth-library', 'gaxios'])('exactly one copy of %s is installed', async (name) => {
  const text = await readFile(new URL('../../package-lock.json', import.meta.url), 'utf8');
  const places = Object.keys(lockFile.parse(JSON.parse(text)).packages);
  expect(places.filter((place) => place.endsWith(`node_modules/${name}`))).toEqual([`node_modules/${name}`]);
});
