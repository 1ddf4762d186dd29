import type { Clock } from './clock.ts';
import { fraction } from './random.ts';

/** How late the replicas are. */
export type LagProfile = 'none' | 'typical' | 'rough';

/** What is late: reads of a resource, policy in authorisation, keys at the token endpoint, service activation. */
export type LagKind = 'resource' | 'policy' | 'key' | 'service';

/** What every replicated map of one world shares. */
export interface Lag {
  readonly profile: LagProfile;
  readonly seed: number;
  readonly clock: Clock;
}

const REPLICAS = 3;

/**
 * Seconds, shortest and longest, until a replica has learnt a write. The shapes are Google's (reads that alternate
 * after a create, recorded; policy "typically 2 minutes", keys "60 seconds or more", IAM docs); the figures are ours,
 * shortened so that a demonstration stays bearable.
 */
const DELAYS: Record<'typical' | 'rough', Record<LagKind, readonly [number, number]>> = {
  typical: { resource: [1, 8], policy: [5, 60], key: [0, 20], service: [2, 15] },
  rough: { resource: [1, 30], policy: [10, 180], key: [5, 60], service: [5, 60] },
};

interface Write<T> {
  readonly number: number;
  readonly at: number;
  readonly value: T | undefined;
}

interface History<T> {
  /** What every replica knew before the first of the writes. */
  base: T | undefined;
  writes: Write<T>[];
  written: number;
  readonly reads: Map<LagKind, number>;
}

/**
 * A map with one primary and three replicas. Writes go to the primary and are judged there; reads are answered by a
 * seeded choice of replica, so that after a write they alternate until every replica has learnt it.
 * Values are never changed in place: write a new one.
 */
export class ReplicatedMap<T> {
  readonly #primary = new Map<string, T>();
  readonly #histories = new Map<string, History<T>>();
  readonly #name: string;
  readonly #lag: Lag;

  constructor(name: string, lag: Lag) {
    this.#name = name;
    this.#lag = lag;
  }

  get name(): string {
    return this.#name;
  }

  /** The primary's value: the truth, for judging writes. */
  get(key: string): T | undefined {
    return this.#primary.get(key);
  }

  /** The primary's entries, in the order they were first written. */
  entries(): IterableIterator<[string, T]> {
    return this.#primary.entries();
  }

  /** The primary's values. */
  values(): IterableIterator<T> {
    return this.#primary.values();
  }

  /** A value that every replica has always known: for loading a world. */
  load(key: string, value: T): void {
    this.#primary.set(key, value);
  }

  /** Writes at the primary; `at` (simulator ms) is when, if not now. */
  set(key: string, value: T, at = this.#lag.clock.now()): void {
    this.#remember(key, value, at);
    this.#primary.set(key, value);
  }

  /** Removes at the primary. Replicas go on answering with the old value until they learn it. */
  delete(key: string): void {
    this.#remember(key, undefined, this.#lag.clock.now());
    this.#primary.delete(key);
  }

  /** What a replica answers: each call counts as one read, and the next one may reach another replica. */
  read(key: string, kind: LagKind = 'resource'): T | undefined {
    const history = this.#histories.get(key);
    if (!history) return this.#primary.get(key);
    this.#prune(key, history);
    const count = history.reads.get(kind) ?? 0;
    history.reads.set(kind, count + 1);
    const replica = Math.floor(fraction(this.#lag.seed, this.#name, key, kind, 'read', count) * REPLICAS);
    const now = this.#lag.clock.now();
    const known = history.writes.findLast((write) => this.#arrival(key, kind, write, replica) <= now);
    return known ? known.value : history.base;
  }

  /** What replicas answer for every key that the primary or a replica may know. */
  readAll(kind: LagKind = 'resource'): [string, T][] {
    const keys = new Set([...this.#primary.keys(), ...this.#histories.keys()]);
    return [...keys].flatMap((key) => {
      const value = this.read(key, kind);
      return value === undefined ? [] : [[key, value] satisfies [string, T]];
    });
  }

  #remember(key: string, value: T | undefined, at: number): void {
    if (this.#lag.profile === 'none') return;
    let history = this.#histories.get(key);
    if (!history) {
      history = { base: this.#primary.get(key), writes: [], written: 0, reads: new Map() };
      this.#histories.set(key, history);
    }
    history.writes.push({ number: history.written++, at, value });
    this.#prune(key, history);
  }

  /** Forgets what every replica knows by now, whatever the kind. */
  #prune(key: string, history: History<T>): void {
    const { profile, clock } = this.#lag;
    if (profile === 'none') return;
    const longest = Math.max(...Object.values(DELAYS[profile]).map(([, most]) => most)) * 1000;
    const known = history.writes.findLastIndex((write) => write.at + longest <= clock.now());
    if (known < 0) return;
    history.base = history.writes[known]?.value;
    history.writes.splice(0, known + 1);
    if (history.writes.length === 0) this.#histories.delete(key);
  }

  #arrival(key: string, kind: LagKind, write: Write<T>, replica: number): number {
    const { profile, seed } = this.#lag;
    if (profile === 'none') return write.at;
    // The replica that took the write shows it at once, so that a read straight after a create can succeed.
    const near = Math.floor(fraction(seed, this.#name, key, 'near', write.number) * REPLICAS);
    if (kind === 'resource' && replica === near) return write.at;
    const [least, most] = DELAYS[profile][kind];
    const spread = fraction(seed, this.#name, key, kind, write.number, replica);
    return write.at + (least + spread * (most - least)) * 1000;
  }
}
