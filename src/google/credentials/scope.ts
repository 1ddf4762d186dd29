/** OAuth scope of every token: IAM decides what it may do. */
export const CLOUD_PLATFORM = 'https://www.googleapis.com/auth/cloud-platform';
