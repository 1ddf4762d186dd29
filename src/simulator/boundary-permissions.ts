import { matches } from './deny.ts';

/** What one enforcement version blocks beyond those before it. A line is a service, its permissions, and `but` which not. */
const VERSIONS: readonly string[] = [
  `bigquery datasets.create datasets.delete datasets.get datasets.setIamPolicy datasets.update jobs.create jobs.delete jobs.list jobs.get models.create models.delete models.list models.updateMetadata routines.create routines.delete routines.list routines.update
   logging logEntries.create logMetrics.*
   run authorizeddomains.* configurations.get configurations.list domainmappings.* services.create services.delete services.get services.list services.update executions.* jobs.create jobs.delete jobs.get jobs.list jobs.run revisions.* routes.get routes.list tasks.*
   storage buckets.get buckets.getIamPolicy buckets.list buckets.setIamPolicy buckets.update hmacKeys.update objects.delete objects.get objects.setRetention
   pubsub * but *.getIamPolicy *.setIamPolicy schemas.delete schemas.validate subscriptions.consume`,
  `bigquery rowAccessPolicies.* datasets.* jobs.* models.* routines.* tables.*
   cloudasset *
   billing budgets.*
   cloudbuild *
   monitoring * but metricsScopes.link timeSeries.list
   storage bucketOperations.* buckets.* managedFolders.* multipartUploads.* folders.* hmacKeys.* objects.*
   cloudtrace *
   compute networkAttachments.* networkEdgeSecurityServices.* regionSecurityPolicies.* securityPolicies.* serviceAttachments.* routers.*
   iap *
   cloudresourcemanager * but *.createPolicyBinding *.deletePolicyBinding *.searchPolicyBindings *.updatePolicyBinding`,
  `essentialcontacts contacts.*
   iam denypolicies.* roles.* serviceAccountKeys.* serviceAccounts.* but serviceAccounts.createTagBinding serviceAccounts.deleteTagBinding serviceAccounts.getCertificateAs serviceAccounts.listEffectiveTags serviceAccounts.listTagBindings
   servicemanagement services.check services.report
   cloudsql *
   compute addresses.* backendBuckets.* backendServices.* externalVpnGateways.* firewallPolicies.* firewalls.* forwardingRules.* globalAddresses.* globalForwardingRules.* healthChecks.* httpHealthChecks.* httpsHealthChecks.* interconnectAttachments.* interconnectLocations.* interconnectRemoteLocations.* interconnects.* networks.* packetMirrorings.* publicAdvertisedPrefixes.* publicDelegatedPrefixes.* regionBackendServices.* regionFirewallPolicies.* regionHealthChecks.* regionSslPolicies.* regionTargetHttpProxies.* regionTargetTcpProxies.* regionUrlMaps.* routes.* sslPolicies.* subnetworks.* targetGrpcProxies.* targetHttpProxies.* targetHttpsProxies.* targetInstances.* targetPools.* targetSslProxies.* targetTcpProxies.* targetVpnGateways.* urlMaps.* vpnGateways.*
   artifactregistry *
   pubsub *
   workflows *
   apikeys apikeys.* keys.*
   dns *
   cloudkms autokeyConfigs.* cryptoKeyVersions.create cryptoKeyVersions.destroy cryptoKeyVersions.get cryptoKeyVersions.list cryptoKeyVersions.restore cryptoKeyVersions.update cryptoKeyVersions.useToDecrypt cryptoKeyVersions.useToEncrypt cryptoKeyVersions.useToSign cryptoKeyVersions.useToVerify cryptoKeyVersions.viewPublicKey ekmConfigs.* importJobs.* keyHandles.* keyRings.* but importJobs.useToImport
   orgpolicy *
   cloudfunctions *
   spanner *`,
  `bigquery capacityCommitments.* datasources.* readsessions.* reservations.* transfers.*
   iam oauthClientCredentials.* oauthClients.* workforcePoolProviderKeys.* workforcePoolProviders.* workforcePoolSubjects.* workforcePools.* workloadIdentityPoolNamespaces.* workloadIdentityPoolProviderKeys.* workloadIdentityPoolProviders.* workloadIdentityPools.* but *.createPolicyBinding *.deletePolicyBinding *.searchPolicyBindings *.updatePolicyBinding
   cloudquotas *
   recommender *
   cloudkms * but locations.get locations.list
   secretmanager *
   vpcaccess *
   serviceusage *
   cloudasset *
   servicemanagement consumers.getIamPolicy consumers.setIamPolicy services.create services.delete services.get services.getIamPolicy services.list services.setIamPolicy services.update`,
];

/** What a policy has that names no version: the default one (IAM docs, seen in 2026). */
export const DEFAULT_VERSION = String(VERSIONS.length);

/** The versions a policy can have. */
export const ENFORCEMENT_VERSIONS: readonly string[] = [...VERSIONS.map((_, at) => String(at + 1)), 'latest'];

interface Blocked {
  readonly patterns: readonly string[];
  readonly but: readonly string[];
}

/** `service a b but c` as patterns of permissions in the naming of IAM v2. */
function read(line: string): Blocked {
  const [service = '', ...words] = line.trim().split(' ');
  const end = words.includes('but') ? words.indexOf('but') : words.length;
  const named = (names: readonly string[]) => names.map((name) => `${service}.googleapis.com/${name}`);
  return { patterns: named(words.slice(0, end)), but: named(words.slice(end + 1)) };
}

const blocked = VERSIONS.map((lines) => lines.split('\n').map(read));

/**
 * Whether boundaries of an enforcement version can block a permission, given in the naming of IAM v2; a version blocks
 * what those before it do. The tables are those of the IAM docs of April 2026, for the services of the catalog; that
 * `pubsub` of version 3 takes back the exceptions of version 1 is how we read them [U].
 */
export function canBlock(version: string, permission: string): boolean {
  const count = Number(version === 'latest' ? DEFAULT_VERSION : version);
  return blocked
    .slice(0, count)
    .some((services) =>
      services.some(({ patterns, but }) => matches(patterns, permission) && !matches(but, permission)),
    );
}
