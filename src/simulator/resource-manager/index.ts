import type { Route } from '../router.ts';
import { containerRoutes } from './containers.ts';
import { createRoutes } from './create-routes.ts';
import { policyRoutes } from './policies.ts';
import { projectRoutes } from './projects.ts';

/** Resource Manager v1 and v3 (and of v2 what gcloud asks for folders). */
export const resourceManagerRoutes: readonly Route[] = [
  ...projectRoutes,
  ...createRoutes,
  ...containerRoutes,
  ...policyRoutes,
];
