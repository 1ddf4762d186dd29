import type { Handler, Route, Service } from '../router.ts';
import { explainAllow } from './allow.ts';
import { explainDeny } from './deny.ts';
import { overall } from './states.ts';
import { readSubject } from './subject.ts';

const policyTroubleshooter: Service = {
  name: 'policytroubleshooter.googleapis.com',
  title: 'Policy Troubleshooter API',
  activation: 'always',
};

/**
 * :troubleshoot needs no permission of its own; what the caller may not read stays unknown (discovery document).
 * Principal access boundaries are not in v3, so that they do not count here either ([U] the latter).
 */
const troubleshoot: Handler = (call) => {
  const subject = readSubject(call);
  const allow = explainAllow(call, subject);
  const deny = explainDeny(call, subject);
  return {
    overallAccessState: overall(allow.state, deny.state),
    accessTuple: { ...subject.tuple, permissionFqdn: subject.permissionFqdn },
    allowPolicyExplanation: allow.shown,
    denyPolicyExplanation: deny.shown,
  };
};

/** Policy Troubleshooter v3, for projects, folders, organizations and service accounts. */
export const policyTroubleshooterRoutes: readonly Route[] = [
  {
    service: policyTroubleshooter,
    method: 'POST',
    pattern: '/v3/iam:troubleshoot',
    handle: troubleshoot,
    charge: 'read',
  },
];
