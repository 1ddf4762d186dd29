import { useAnimation } from 'ink';

/** Draws again once a second for as long as something is at work, so that its seconds go on; else nothing ticks. */
export function useSeconds(isAtWork: boolean): void {
  useAnimation({ interval: 1000, isActive: isAtWork });
}
