/** One request to an API, in the order of arrival. Never a header, a query or a body: those may hold secrets. */
export interface LoggedRequest {
  readonly method: string;
  readonly path: string;
  /** `user:EMAIL`, `serviceAccount:EMAIL`, or `anonymous` when nobody was recognised. */
  principal: string;
  /** The HTTP status; 0 while it is being answered, or when the connection was cut. */
  status: number;
  /** Simulator time of arrival, ISO 8601. */
  readonly at: string;
}

export interface RequestLog {
  readonly requests: readonly LoggedRequest[];
  /** Notes an arrival and gives the entry, to be completed. */
  add(method: string, path: string, now: number): LoggedRequest;
  clear(): void;
}

const MOST = 100_000;

/** A log of the last 100,000 requests. */
export function createRequestLog(): RequestLog {
  let requests: LoggedRequest[] = [];
  return {
    get requests() {
      return requests;
    },
    add(method, path, now) {
      const entry = { method, path, principal: 'anonymous', status: 0, at: new Date(now).toISOString() };
      if (requests.push(entry) > MOST) requests = requests.slice(-MOST / 2);
      return entry;
    },
    clear() {
      requests = [];
    },
  };
}
