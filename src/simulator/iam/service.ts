import type { Service } from '../router.ts';

/** IAM v1: custom roles, service accounts and their keys. */
export const iam: Service = {
  name: 'iam.googleapis.com',
  title: 'Identity and Access Management (IAM) API',
  activation: 'always',
};
