import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { expect, test } from 'vitest';
import { apiDocs } from './api-docs.ts';

const root = path.join(import.meta.dirname, '..', '..');

test('src/API.md says of each export of the library what its source says', async () => {
  const file = path.join(root, 'src', 'API.md');
  const text = await format(apiDocs(root), { ...(await resolveConfig(file)), parser: 'markdown' });
  // After a change: npm run unit -- test/library/api-docs.test.ts -u
  await expect(text).toMatchFileSnapshot(file);
  expect(text).not.toMatch(/^## (\w+)\n\n```/mu);
});
