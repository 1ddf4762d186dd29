/** The three that were there before IAM, each within the next: thousands of permissions (IAM docs, basic roles). */
const basicRoles: readonly string[] = ['roles/viewer', 'roles/editor', 'roles/owner'];

/** True for Viewer, Editor and Owner. */
export function isBasicRole(role: string): boolean {
  return basicRoles.includes(role);
}
