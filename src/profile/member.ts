/** People as allow policies name them (IAM docs, principal identifiers): one, a group, or everybody of a domain. */
export function isMember(member: string): boolean {
  return (
    /^(?:user|group):[^\s@:/]+@[^\s@:/]+\.[^\s@:/]+$/u.test(member) ||
    /^domain:(?:[a-z0-9-]+\.)+[a-z]{2,}$/u.test(member)
  );
}

/**
 * An account that Google made for itself in a project: the Google APIs service agent, NUMBER@cloudservices…, or the agent
 * of a service, service-NUMBER@gcp-sa-… and the like (IAM docs, service agents). What they hold is Google's to decide.
 * @param name an e-mail address, with or without what a policy writes before it
 */
export function isServiceAgent(name: string): boolean {
  return /^(?:[a-zA-Z]+:)?(?:\d+@cloudservices|\d+@cloudbuild|service-[^@\s]+@[^@\s]+)\.(?:iam\.)?gserviceaccount\.com$/u.test(
    name,
  );
}
