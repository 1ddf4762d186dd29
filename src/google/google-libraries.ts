/**
 * Google's libraries, in one module that is itself imported lazily: a bundler can then give the names of these CommonJS
 * packages (a dynamic import of the packages themselves yields only `default` in an esbuild bundle). They come by version
 * file, because a package's index holds every version of its API.
 */
export { cloudresourcemanager_v3 } from '@googleapis/cloudresourcemanager/build/v3.js';
export { iam_v1 } from '@googleapis/iam/build/v1.js';
export { serviceusage_v1 } from '@googleapis/serviceusage/build/v1.js';
export {
  AwsClient,
  ExternalAccountAuthorizedUserClient,
  gaxios,
  gcpMetadata,
  IdentityPoolClient,
  PluggableAuthClient,
} from 'google-auth-library';
