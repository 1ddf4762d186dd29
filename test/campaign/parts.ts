import { calls } from './calls.ts';
import type { Part } from './trial.ts';

export const parts: readonly Part[] = [calls];
