import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['test/**/*.test.{ts,tsx}'],
    testTimeout: 60_000,
    // Vitest would leave one of two cores idle; most of these tests wait for a process or a server anyway.
    maxWorkers: 3,
    // A worker of its own for each file would cost half a second a file; what files change, they put back.
    isolate: false,
  },
});
