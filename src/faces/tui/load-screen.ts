import { loadColoured } from './colour.ts';
import type * as screen from './screen.tsx';

let loading: Promise<typeof screen> | undefined;

/**
 * The code that draws, with React and Ink. It takes longer to load than all else that a first frame needs, partly on other
 * threads (Ink's layout is WebAssembly), so whoever knows early that a screen will be drawn calls this early. Loaded once:
 * whether it colours is decided by the first call.
 */
export function loadScreen(colour: boolean): Promise<typeof screen> {
  return (loading ??= loadColoured(colour, () => import('./screen.tsx')));
}
