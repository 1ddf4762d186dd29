import type { AccessMemo } from './authorise.ts';
import type { Conditions } from './conditions.ts';
import type { Principal } from './principals.ts';
import type { LagKind, ReplicatedMap } from './replicas.ts';
import type { Project, World } from './world.ts';

/** One request as a handler sees it: authenticated, routed, its consumer's service found enabled. */
export interface Call {
  readonly world: World;
  readonly conditions: Conditions;
  readonly principal: Principal;
  /** When the bearer ends, in ms of the simulator's clock; absent: never, or that is not known. */
  readonly tokenEndsAt: number | undefined;
  /** The project that is charged and whose services must be enabled, if there is one. */
  readonly consumer: Project | undefined;
  readonly method: string;
  readonly path: string;
  /** What the route's `{placeholders}` matched, percent-decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The parsed JSON or form body; `{}` when the request had none. Read it through body.ts. */
  readonly body: unknown;
  /** The endpoint's own origin, for answers that name it. */
  readonly origin: string;
  /** What this call has read already: within one call a replica does not change its mind. */
  readonly seen: Map<string, unknown>;
  /** What was found out about the caller's permissions. */
  readonly access: AccessMemo;
}

/** Reads through a replica, the same one for the rest of the call. */
export function view<T>(
  call: Call,
  map: ReplicatedMap<T>,
  key: string,
  kind: LagKind = 'resource',
): T | undefined {
  const name = `${map.name} ${kind} ${key}`;
  if (!call.seen.has(name)) call.seen.set(name, map.read(key, kind));
  return call.seen.get(name) as T | undefined; // Only this function writes to `seen`, under a name of map and kind.
}

/** A placeholder of the route: its absence is our bug, not the caller's. */
export function param(call: Call, name: string): string {
  const value = call.params[name];
  if (value === undefined) throw new Error(`The route of ${call.path} has no {${name}}.`);
  return value;
}
