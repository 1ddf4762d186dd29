/** What every built-in profile grants, to `email` and on what; what it grants on the project comes first. */
export const granted: Record<string, (readonly [role: string, on: 'project' | 'compute'])[]> = {
  'remotion-cloudrun': [['projects/acme-video/roles/RemotionSA', 'project']],
  'cloud-run-deployer': [
    ['roles/run.developer', 'project'],
    ['roles/iam.serviceAccountUser', 'compute'],
  ],
  'cloud-run-jobs': [
    ['projects/acme-video/roles/CloudRunJobs', 'project'],
    ['roles/iam.serviceAccountUser', 'compute'],
  ],
  'cloud-run-viewer': [['roles/run.viewer', 'project']],
  'cloud-run-invoker': [['roles/run.invoker', 'project']],
  'deployment-manager-viewer': [['roles/deploymentmanager.viewer', 'project']],
  'deployment-manager-editor': [['roles/deploymentmanager.editor', 'project']],
  'deployment-manager-type-viewer': [['roles/deploymentmanager.typeViewer', 'project']],
  'deployment-manager-type-editor': [['roles/deploymentmanager.typeEditor', 'project']],
};
