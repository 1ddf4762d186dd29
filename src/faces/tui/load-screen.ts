import { loadColoured } from './colour.ts';
import type * as screen from './screen.tsx';

let loading: Promise<typeof screen> | undefined;

/**
 * The code that draws, with React and Ink. It takes longer to load than all else that a first frame needs, partly on other
 * threads (Ink's layout is WebAssembly), so whoever knows early that a screen will be drawn calls this early. Loaded once:
 * whether it colours is decided by the first call.
 */
export function loadScreen(colour: boolean): Promise<typeof screen> {
  return (loading ??= withoutDataUrls(() => loadColoured(colour, () => import('./screen.tsx'))));
}

/**
 * Meanwhile fetch refuses data: URLs. Ink's layout fetches its own WebAssembly from one, which makes Node load all of its
 * HTTP client: a third of the time to the first frame. Where fetch fails, it decodes the URL itself (yoga-layout 3.2).
 */
async function withoutDataUrls<T>(load: () => Promise<T>): Promise<T> {
  const real = globalThis.fetch;
  globalThis.fetch = (input, init) =>
    typeof input === 'string' && input.startsWith('data:')
      ? Promise.reject(new TypeError('data: URLs are not fetched while the screen is loaded'))
      : real(input, init);
  try {
    return await load();
  } finally {
    globalThis.fetch = real;
  }
}
