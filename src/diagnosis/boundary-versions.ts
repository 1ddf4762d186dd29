import { coversPermission } from './deny-permission.ts';

/**
 * What each enforcement version can block beyond those before it, by service: permissions, groups of them with `*`, and with
 * `!` what it cannot (IAM docs, permissions that principal access boundary policies block, read in 2026; of the services
 * with long lists of their own, those that profiles have to do with). What is not here is not blocked.
 */
const VERSIONS: readonly Readonly<Record<string, string>>[] = [
  {
    accesscontextmanager: '*.* !gcpUserAccessBindings.*',
    aiplatform: '*.* !operations.*',
    bigquery:
      'datasets.create datasets.delete datasets.get datasets.setIamPolicy datasets.update jobs.create jobs.delete ' +
      'jobs.get jobs.list models.create models.delete models.list models.updateMetadata routines.create ' +
      'routines.delete routines.list routines.update',
    binaryauthorization: '*.*',
    dataflow: 'messages.list metrics.get snapshots.list workItems.* jobs.* !jobs.snapshot',
    datastore: 'databases.create databases.delete databases.get databases.getMetadata databases.list',
    firebaserules: '*.*',
    logging: 'logEntries.create logMetrics.*',
    pubsub: '*.* !*.getIamPolicy !*.setIamPolicy !schemas.delete !schemas.validate !subscriptions.consume',
    run:
      'authorizeddomains.* configurations.get configurations.list domainmappings.* executions.* jobs.create ' +
      'jobs.delete jobs.get jobs.list jobs.run revisions.* routes.get routes.list services.create services.delete ' +
      'services.get services.list services.update tasks.*',
    storage:
      'buckets.get buckets.getIamPolicy buckets.list buckets.setIamPolicy buckets.update hmacKeys.update ' +
      'objects.delete objects.get objects.setRetention',
  },
  {
    accesscontextmanager: '*.*',
    beyondcorp: '*.*',
    bigquery: 'datasets.* jobs.* models.* routines.* rowAccessPolicies.* tables.*',
    bigquerydatapolicy: '*.*',
    billing: 'budgets.*',
    cloudasset: '*.*',
    cloudbuild: '*.*',
    cloudresourcemanager:
      '*.* !*.createPolicyBinding !*.deletePolicyBinding !*.searchPolicyBindings !*.updatePolicyBinding',
    cloudtrace: '*.*',
    compute:
      'networkAttachments.* networkEdgeSecurityServices.* regionSecurityPolicies.* routers.* securityPolicies.* ' +
      'serviceAttachments.*',
    containeranalysis: '*.*',
    iap: '*.*',
    monitoring: '*.* !metricsScopes.link !timeSeries.list',
    networkmanagement: '*.*',
    recaptchaenterprise: '*.*',
    redis: '*.*',
    storage:
      'bucketOperations.* buckets.* folders.* hmacKeys.* managedFolders.* multipartUploads.* objects.*',
  },
  {
    apikeys: 'apikeys.* keys.*',
    artifactregistry: '*.*',
    bigtable: '*.*',
    bigtableadmin: '*.*',
    cloudfunctions: '*.*',
    cloudkms:
      'autokeyConfigs.* cryptoKeyVersions.create cryptoKeyVersions.destroy cryptoKeyVersions.get ' +
      'cryptoKeyVersions.list cryptoKeyVersions.restore cryptoKeyVersions.update cryptoKeyVersions.useToDecrypt ' +
      'cryptoKeyVersions.useToEncrypt cryptoKeyVersions.useToSign cryptoKeyVersions.useToVerify ' +
      'cryptoKeyVersions.viewPublicKey ekmConfigs.* importJobs.* keyHandles.* keyRings.* !importJobs.useToImport',
    cloudsql: '*.*',
    compute:
      'addresses.* backendBuckets.* backendServices.* externalVpnGateways.* firewallPolicies.* firewalls.* ' +
      'forwardingRules.* globalAddresses.* globalForwardingRules.* healthChecks.* httpHealthChecks.* ' +
      'httpsHealthChecks.* interconnectAttachments.* interconnectLocations.* interconnectRemoteLocations.* ' +
      'interconnects.* networks.* packetMirrorings.* publicAdvertisedPrefixes.* publicDelegatedPrefixes.* ' +
      'regionBackendServices.* regionFirewallPolicies.* regionHealthChecks.* regionSslPolicies.* ' +
      'regionTargetHttpProxies.* regionTargetTcpProxies.* regionUrlMaps.* routes.* sslPolicies.* subnetworks.* ' +
      'targetGrpcProxies.* targetHttpProxies.* targetHttpsProxies.* targetInstances.* targetPools.* ' +
      'targetSslProxies.* targetTcpProxies.* targetVpnGateways.* urlMaps.* vpnGateways.*',
    container: '*.*',
    dataproc:
      'autoscalingPolicies.* batches.* clusters.* jobs.* operations.* sessionTemplates.* sessions.* workflowTemplates.*',
    datastore:
      'backupSchedules.* backups.delete backups.get backups.list databases.* entities.* indexes.* locations.* ' +
      'operations.* userCreds.*',
    dns: '*.*',
    essentialcontacts: 'contacts.*',
    iam:
      'denypolicies.* roles.* serviceAccountKeys.* serviceAccounts.* !serviceAccounts.createTagBinding ' +
      '!serviceAccounts.deleteTagBinding !serviceAccounts.getCertificateAs !serviceAccounts.listEffectiveTags ' +
      '!serviceAccounts.listTagBindings',
    orgpolicy: '*.*',
    pubsub: '*.*',
    servicemanagement: 'services.check services.report',
    spanner: '*.*',
    trafficdirector: '*.*',
    workflows: '*.*',
  },
  {
    alloydb: '*.* !databases.*',
    apphub: '*.*',
    bigquery: 'capacityCommitments.* datasources.* readsessions.* reservations.* transfers.*',
    clouddeploy: '*.*',
    cloudkms: '*.* !locations.get !locations.list',
    cloudquotas: '*.*',
    cloudsecurityscanner: '*.*',
    composer: '*.*',
    config: '*.*',
    dataform: '*.* !comments.* !commentsnested.* !commentthreads.* !commentthreadsnested.*',
    datastream: '*.*',
    documentai: '*.*',
    file: '*.*',
    firebasestorage: '*.*',
    gkebackup: '*.*',
    iam:
      'oauthClientCredentials.* oauthClients.* workforcePoolProviderKeys.* workforcePoolProviders.* ' +
      'workforcePoolSubjects.* workforcePools.* workloadIdentityPoolNamespaces.* workloadIdentityPoolProviderKeys.* ' +
      'workloadIdentityPoolProviders.* workloadIdentityPools.* !*.createPolicyBinding !*.deletePolicyBinding ' +
      '!*.searchPolicyBindings !*.updatePolicyBinding',
    livestream: '*.*',
    policysimulator: '*.*',
    privateca: '*.*',
    recommender: '*.*',
    secretmanager: '*.*',
    securitycenter: '*.*',
    securitycentermanagement: '*.*',
    servicemanagement:
      'consumers.getIamPolicy consumers.setIamPolicy services.create services.delete services.get ' +
      'services.getIamPolicy services.list services.setIamPolicy services.update',
    serviceusage: '*.*',
    vpcaccess: '*.*',
    workstations: '*.*',
  },
];

/**
 * Whether a boundary of an enforcement version can block a permission; each version blocks what those before it do.
 * @param version `1` to `4`, or `latest`, which, like none and one that is not known here, is taken for the last of these
 */
export function versionBlocks(version: string | undefined, permission: string): boolean {
  const known = VERSIONS.slice(0, /^\d+$/u.test(version ?? '') ? Number(version) : VERSIONS.length);
  return known.some((services) =>
    Object.entries(services).some(([service, line]) => {
      const words = line.split(' ');
      const covers = (what: string) => coversPermission(`${service}.googleapis.com/${what}`, permission);
      return (
        words.some((word) => !word.startsWith('!') && covers(word)) &&
        !words.some((word) => word.startsWith('!') && covers(word.slice(1)))
      );
    }),
  );
}
