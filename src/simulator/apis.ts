import { accessBoundaryRoutes } from './access-boundaries/index.ts';
import { billingRoutes } from './billing/index.ts';
import { impersonationRoutes } from './credentials/impersonation.ts';
import { publicKeyRoutes } from './credentials/public-keys.ts';
import { tokenRoutes } from './credentials/token.ts';
import { denyPolicyRoutes } from './deny-policies/index.ts';
import { iamRoutes } from './iam/index.ts';
import { orgPolicyRoutes } from './org-policy/index.ts';
import { policyAnalyzerRoutes } from './policy-analyzer/index.ts';
import { policyTroubleshooterRoutes } from './policy-troubleshooter/index.ts';
import { resourceManagerRoutes } from './resource-manager/index.ts';
import type { Route } from './router.ts';
import { runRoutes } from './run/index.ts';
import { serviceUsageRoutes } from './service-usage/index.ts';
import { storageRoutes } from './storage/index.ts';
import { stsRoutes } from './sts/index.ts';
import { workloadIdentityRoutes } from './workload-identity/index.ts';

/** Every API that the simulator answers. */
export const routes: readonly Route[] = [
  ...tokenRoutes,
  ...stsRoutes,
  ...publicKeyRoutes,
  ...impersonationRoutes,
  ...iamRoutes,
  ...denyPolicyRoutes,
  ...accessBoundaryRoutes,
  ...workloadIdentityRoutes,
  ...resourceManagerRoutes,
  ...serviceUsageRoutes,
  ...orgPolicyRoutes,
  ...policyAnalyzerRoutes,
  ...policyTroubleshooterRoutes,
  ...runRoutes,
  ...storageRoutes,
  ...billingRoutes,
];
