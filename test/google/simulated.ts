import { onTestFinished } from 'vitest';
import type { CallLog, CloudOptions } from '../../src/google/cloud.ts';
import { startSimulator, type SimulatorOptions } from '../../src/simulator/server.ts';
import { cloudAt, fixedTokens } from './clouds.ts';

/** How long a poll may go on: a machine may be busy. */
export const PATIENCE = { timeout: 20_000 };
/** A project of the default world whose operator may do everything in it. */
export const PROJECT = 'acme-site';
/** Somebody who may look at it. */
export const VERA = fixedTokens('ya29.simulated-vera-the-viewer');
/** Somebody who may do nothing. */
export const SAM = fixedTokens('ya29.simulated-sam-the-stranger');

/** A simulator for one test, seen as its operator. */
export async function simulated(options: SimulatorOptions = {}, cloudOptions: Partial<CloudOptions> = {}) {
  const simulator = await startSimulator(options);
  onTestFinished(() => simulator.close());
  const { endpoint } = simulator;
  const log: CallLog[] = [];
  const cloud = cloudAt(endpoint, {
    credentials: fixedTokens(simulator.token),
    log: (entry) => log.push(entry),
    ...cloudOptions,
  });
  const post = (path: string, body: object) =>
    fetch(`${endpoint}/_/${path}`, { method: 'POST', body: JSON.stringify(body) });
  return {
    endpoint,
    /** The operator's. */
    token: simulator.token,
    cloud,
    log,
    /** Adds a fault rule. */
    fault: (rule: object) => post('faults', rule),
    /** Moves the simulator's clock forward, in seconds. */
    advance: (seconds: number) => post('clock', { advance: seconds }),
  };
}
