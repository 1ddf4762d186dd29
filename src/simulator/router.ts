import type { Call } from './call.ts';
import type { Project, World } from './world.ts';

/** Answers a call with the JSON body of a 200, or throws a Refusal (errors.ts). */
export type Handler = (call: Call) => object | Promise<object>;

/** Which project a call is about, from the placeholders; undefined when it is about none. */
export type ProjectOf = (params: Readonly<Record<string, string>>, world: World) => Project | undefined;

/** What is the same for all routes of an API. */
export interface Service {
  /** e.g. iam.googleapis.com: what must be enabled, and whose quota is charged. */
  readonly name: string;
  /** e.g. "Identity and Access Management (IAM) API". */
  readonly title: string;
  /**
   * Whether a project must have enabled it: `always` for every caller, `own` only for service accounts (in their own
   * project) and callers that name a quota project, `never` for what works everywhere.
   */
  readonly activation: 'always' | 'own' | 'never';
  /** Counted apart from what else the service answers, by this prefix of its quota metrics. */
  readonly quota?: string;
  /** False for token and public-key endpoints: no service that a project enables. */
  readonly listed?: false;
}

export interface Route {
  readonly service: Service;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** e.g. /v1/projects/{project}/serviceAccounts/{account}:disable. A placeholder takes one decoded segment. */
  readonly pattern: string;
  readonly handle: Handler;
  /** Counted as this for quotas; by default GET and :get…/:test… are reads, the rest writes. */
  readonly charge?: 'read' | 'write' | 'none';
  /** `none`: for token and public-key endpoints. */
  readonly credentials?: 'none';
  readonly project?: ProjectOf;
}

export interface Match {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

interface Compiled {
  readonly route: Route;
  readonly segments: readonly string[];
  readonly verb: string | undefined;
}

/** Splits `roles/x:undelete` at its verb; e-mails and IDs hold no colon. */
function splitVerb(text: string): [string, string | undefined] {
  const at = text.lastIndexOf(':');
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** Finds the route of a method and path. All APIs share one base URL, as their paths do not collide. */
export function createRouter(routes: readonly Route[]): (method: string, path: string) => Match | undefined {
  const compiled = new Map<string, Compiled[]>();
  const keyOf = (method: string, count: number, verb: string | undefined) =>
    `${method} ${count} ${verb ?? ''}`;
  for (const route of routes) {
    const [path, verb] = splitVerb(route.pattern);
    const segments = path.split('/').slice(1);
    const key = keyOf(route.method, segments.length, verb);
    compiled.set(key, [...(compiled.get(key) ?? []), { route, segments, verb }]);
  }
  return (method, path) => {
    // Clients write the colon of a verb plain or encoded.
    const raw = path.split('/').slice(1);
    const last = decode(raw.at(-1) ?? '');
    const [bare, verb] = splitVerb(last);
    const segments = [...raw.slice(0, -1).map(decode), bare];
    for (const candidate of compiled.get(keyOf(method, segments.length, verb)) ?? []) {
      const params: Record<string, string> = {};
      const fits = candidate.segments.every((expected, i) => {
        const actual = segments[i] ?? '';
        if (!expected.startsWith('{')) return expected === actual;
        params[expected.slice(1, -1)] = actual;
        return actual !== '';
      });
      if (fits) return { route: candidate.route, params };
    }
    return undefined;
  };
}
