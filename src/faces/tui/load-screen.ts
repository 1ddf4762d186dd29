import { loadColoured } from './colour.ts';

let loading: Promise<typeof import('./screen.tsx')> | undefined;

/**
 * The code that draws, with React and Ink. It takes longer to load than all else that a first frame needs, partly on other
 * threads (Ink's layout is WebAssembly), so whoever knows early that a screen will be drawn calls this early. Loaded once:
 * whether it colours is decided by the first call.
 */
export function loadScreen(colour: boolean): Promise<typeof import('./screen.tsx')> {
  return (loading ??= loadColoured(colour, () => import('./screen.tsx')));
}
