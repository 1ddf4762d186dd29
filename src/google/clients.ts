import type { cloudresourcemanager_v3 } from '@googleapis/cloudresourcemanager/build/v3.js';
import type { iam_v1 } from '@googleapis/iam/build/v1.js';
import type { serviceusage_v1 } from '@googleapis/serviceusage/build/v1.js';
import type { gaxios } from 'google-auth-library';

/** Google's own clients, pointed at one endpoint. They form the requests; `Transport` decides how each is sent. */
export interface Clients {
  iam: iam_v1.Iam;
  resourceManager: cloudresourcemanager_v3.Cloudresourcemanager;
  serviceUsage: serviceusage_v1.Serviceusage;
  Gaxios: typeof gaxios.Gaxios;
}

/**
 * Loads Google's libraries (about 40 ms, once) and makes the clients.
 * @param endpoint the base URL for every API; absent: each API's own address
 */
export async function openClients(endpoint: string | undefined): Promise<Clients> {
  const google = await import('./google-libraries.ts');
  // The universe is pinned: GOOGLE_CLOUD_UNIVERSE_DOMAIN would send calls to other hosts than the tokens were made for.
  const options = { ...(endpoint ? { rootUrl: `${endpoint}/` } : {}), universeDomain: 'googleapis.com' };
  return {
    iam: new google.iam_v1.Iam(options),
    resourceManager: new google.cloudresourcemanager_v3.Cloudresourcemanager(options),
    serviceUsage: new google.serviceusage_v1.Serviceusage(options),
    Gaxios: google.gaxios.Gaxios,
  };
}
