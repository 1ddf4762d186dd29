import { PoliciesClient } from '@google-cloud/iam/build/src/v2/policies_client.js';
import { PolicyBindingsClient } from '@google-cloud/iam/build/src/v3/policy_bindings_client.js';
import { PrincipalAccessBoundaryPoliciesClient } from '@google-cloud/iam/build/src/v3/principal_access_boundary_policies_client.js';
import { PassThroughClient } from 'google-auth-library';
import type { GaxiosPromise } from 'gaxios';
import * as z from 'zod';

/*
 * Google's client of deny policies and access boundaries, in a module of its own that is imported only by who reads them: it
 * brings gRPC and every message of IAM. By version file, because the package's index holds the betas, too.
 */

/** Google's clients of IAM v2 and v3. */
export interface IamPoliciesClients {
  denyPolicies: PoliciesClient;
  boundaries: PrincipalAccessBoundaryPoliciesClient;
  bindings: PolicyBindingsClient;
}

/** Sends a request that a client has formed: all of them are GETs. */
export type SendFormed = <T>(url: string, init: { method: 'GET'; headers: Headers }) => GaxiosPromise<T>;

const formed = z.tuple([z.string(), z.object({ method: z.literal('GET'), headers: z.instanceof(Headers) })]);

/**
 * Makes the clients, pointed at one endpoint and speaking plain HTTP, whose requests go where `send` sends them.
 * @param endpoint scheme, host and port
 */
export function openIamPolicies(endpoint: string, send: SendFormed): IamPoliciesClients {
  const { protocol, hostname, port } = new URL(endpoint);
  class Sender extends PassThroughClient {
    override fetch<T>(...request: unknown[]): GaxiosPromise<T> {
      const [url, init] = formed.parse(request);
      return send<T>(url, init);
    }
  }
  const options = {
    fallback: true,
    protocol: protocol.slice(0, -1),
    apiEndpoint: hostname,
    port: Number(port || (protocol === 'http:' ? 80 : 443)),
    authClient: new Sender(),
    // Pinned as for the other clients: the environment's would send calls to other hosts than the tokens were made for.
    universeDomain: 'googleapis.com',
  };
  return {
    denyPolicies: new PoliciesClient(options),
    boundaries: new PrincipalAccessBoundaryPoliciesClient(options),
    bindings: new PolicyBindingsClient(options),
  };
}
