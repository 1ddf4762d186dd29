import { isGoogleEndpoint, parseEndpoint } from '../google/endpoint.ts';
import type { RunFlags } from './run-flags.ts';

/** The endpoint given, if it is not Google's own. @throws EndpointError if it is none. */
export function customEndpoint({ endpoint }: Pick<RunFlags, 'endpoint'>): string | undefined {
  if (endpoint === undefined) return undefined;
  const parsed = parseEndpoint(endpoint);
  return isGoogleEndpoint(parsed) ? undefined : parsed;
}
