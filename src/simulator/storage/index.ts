import type { Handler, Route, Service } from '../router.ts';
import { getBucket, insertBucket, listBuckets } from './buckets.ts';
import { getBucketPolicy, setBucketPolicy, testBucketPermissions } from './policy.ts';

const storage: Service = {
  name: 'storage.googleapis.com',
  title: 'Cloud Storage API',
  activation: 'own',
};

const route = (method: Route['method'], path: string, handle: Handler): Route => ({
  service: storage,
  method,
  pattern: `/storage/v1/b${path}`,
  handle,
});

/** Cloud Storage JSON API v1: buckets as far as it matters who may do what with them. Nothing is kept in one. */
export const storageRoutes: readonly Route[] = [
  route('POST', '', insertBucket),
  route('GET', '', listBuckets),
  route('GET', '/{bucket}', getBucket),
  route('GET', '/{bucket}/iam', getBucketPolicy),
  route('PUT', '/{bucket}/iam', setBucketPolicy),
  route('GET', '/{bucket}/iam/testPermissions', testBucketPermissions),
];
