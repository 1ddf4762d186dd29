import { calls } from './calls.ts';
import { editors } from './editors.ts';
import { fuzz } from './fuzz.ts';
import { kills } from './kills.ts';
import { wizards } from './wizards.ts';
import { worlds } from './worlds.ts';
import type { Part } from './trial.ts';

export const parts: readonly Part[] = [calls, kills, editors, wizards, worlds, fuzz];
