import { calls } from './calls.ts';
import { kills } from './kills.ts';
import type { Part } from './trial.ts';

export const parts: readonly Part[] = [calls, kills];
