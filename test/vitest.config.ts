import { defineConfig } from 'vitest/config';

// These look at what a library read from the environment when it was loaded, so they must be the ones who load it.
const alone = ['test/components/colour.test.tsx'];

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // What is waited for comes from processes, on machines that are busy.
    expect: { poll: { timeout: 20_000 } },
    // Vitest would leave one of two cores idle; most of these tests wait for a process or a server anyway.
    maxWorkers: 3,
    projects: [
      {
        extends: true,
        test: {
          name: 'together',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: alone,
          // A worker of its own for each file would cost half a second a file; what files change, they put back.
          isolate: false,
        },
      },
      { extends: true, test: { name: 'alone', include: alone } },
    ],
  },
});
