/** What is wrong with the text of an endpoint. */
export type EndpointProblem =
  'no-scheme' | 'scheme' | 'not-a-url' | 'credentials' | 'query' | 'path' | 'plain-http';

const PROBLEMS: Record<EndpointProblem, string> = {
  'no-scheme': 'the endpoint has no scheme; it must begin with http:// or https://',
  scheme: 'the endpoint must begin with http:// or https://',
  'not-a-url': 'the endpoint is not a URL',
  credentials: 'the endpoint must not hold a user name or password',
  query: 'the endpoint must not hold a query or fragment',
  path: 'the endpoint must not hold a path: every Google API brings its own',
  'plain-http': 'plain http is only for this machine (localhost, 127.0.0.0/8, ::1); use https',
};

/** An endpoint that cannot be used. `value` is the text given, absent when it held credentials. */
export class EndpointError extends Error {
  override readonly name = 'EndpointError';
  readonly problem: EndpointProblem;
  readonly value: string | undefined;
  constructor(problem: EndpointProblem, value?: string) {
    super(PROBLEMS[problem]);
    this.problem = problem;
    this.value = value;
  }
}

/**
 * Reads the base URL that stands in for every Google API.
 * @param text as a person wrote it
 * @returns scheme, host and port, without a slash at the end
 * @throws {EndpointError} no scheme, not http(s), credentials, query, fragment or path in it, plain http to another machine
 */
export function parseEndpoint(text: string): string {
  const value = text.trim();
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(value)?.[1]?.toLowerCase();
  if (!scheme) throw new EndpointError('no-scheme', mayHoldPassword(value) ? undefined : value);
  let url: URL;
  try {
    url = new URL(value);
  } catch {
    throw new EndpointError('not-a-url', mayHoldPassword(value) ? undefined : value);
  }
  if (url.username || url.password || mayHoldPassword(value)) throw new EndpointError('credentials');
  if (scheme !== 'http' && scheme !== 'https') throw new EndpointError('scheme', value);
  if (value.includes('?') || value.includes('#')) throw new EndpointError('query', value);
  if (url.pathname !== '/') throw new EndpointError('path', value);
  if (scheme === 'http' && !isLoopback(url.hostname)) throw new EndpointError('plain-http', value);
  return url.origin;
}

/** Whether a host name, as `URL.hostname` gives it, is this machine: localhost, *.localhost, 127.0.0.0/8 or ::1 (RFC 6761). */
export function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127\.\d+\.\d+\.\d+$/.test(hostname)
  );
}

/** Whether an endpoint (absent: each API's own address) is Google's, so that Google's credentials may be sent there. */
export function isGoogleEndpoint(endpoint: string | undefined): boolean {
  if (endpoint === undefined) return true;
  const { protocol, hostname } = new URL(endpoint);
  return protocol === 'https:' && (hostname === 'googleapis.com' || hostname.endsWith('.googleapis.com'));
}

function mayHoldPassword(value: string): boolean {
  return value.includes('@');
}
