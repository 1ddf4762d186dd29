import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, test } from 'vitest';
import { loadScreen } from '../../../src/faces/tui/load-screen.ts';

test('while the screen is loaded, fetch refuses data: URLs and nothing else; then it is as it was', async () => {
  const before = globalThis.fetch;
  const server = createServer((_, response) => response.end('here')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  try {
    const loading = loadScreen(false);
    const meanwhile = globalThis.fetch;
    await expect(meanwhile('data:text/plain,hello')).rejects.toThrow(TypeError);
    expect(await (await meanwhile(`http://127.0.0.1:${port}/`)).text()).toBe('here');

    expect((await loading).openScreen).toBeTypeOf('function');
    expect(globalThis.fetch).toBe(before);
    expect(await (await fetch('data:text/plain,hello')).text()).toBe('hello');
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

test('the screen is loaded once, however often it is asked for', () => {
  expect(loadScreen(true)).toBe(loadScreen(false));
});
