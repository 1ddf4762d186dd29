export { testPermissions, type TestPermissionsOptions } from './proof/test-permissions.ts';
export type { Asked, Diagnosis, MissingReason, PermissionTest } from './proof/permission-test.ts';
export { TestPermissionsError, type TestPermissionsErrorCode } from './proof/test-permissions-error.ts';
export {
  CredentialsError,
  type CredentialsErrorKind,
  type CredentialsFault,
  type PrivateKeyFault,
} from './google/credentials/credentials-error.ts';
export { EndpointError, type EndpointProblem } from './google/endpoint.ts';
export { CloudError, type CloudErrorKind } from './google/errors.ts';
export { ProfileError, type ProfileProblem } from './profile/profile-error.ts';
export type { EnvNames, Profile, WantedPermission } from './profile/profile.ts';
export type { Event } from './faces/json/events.ts';
