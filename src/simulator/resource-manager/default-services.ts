/**
 * What is on in a new project, with titles (Service Usage docs, services enabled by default, for projects made in the
 * console or with gcloud; [U] whether a bare API call turns on all of them). IAM and Resource Manager are not among them.
 */
export const DEFAULT_SERVICES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    analyticshub: 'Analytics Hub API',
    bigquery: 'BigQuery API',
    bigqueryconnection: 'BigQuery Connection API',
    bigquerydatapolicy: 'BigQuery Data Policy API',
    bigquerymigration: 'BigQuery Migration API',
    bigqueryreservation: 'BigQuery Reservation API',
    bigquerystorage: 'BigQuery Storage API',
    cloudapis: 'Google Cloud APIs',
    cloudtrace: 'Cloud Trace API',
    dataform: 'Dataform API',
    dataplex: 'Cloud Dataplex API',
    datastore: 'Cloud Datastore API',
    logging: 'Cloud Logging API',
    monitoring: 'Cloud Monitoring API',
    servicemanagement: 'Service Management API',
    serviceusage: 'Service Usage API',
    'sql-component': 'Cloud SQL',
    storage: 'Cloud Storage API',
    'storage-api': 'Google Cloud Storage JSON API',
    'storage-component': 'Cloud Storage',
  }).map(([name, title]) => [`${name}.googleapis.com`, title]),
);
