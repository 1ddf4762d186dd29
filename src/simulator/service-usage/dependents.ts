import { randomUUID } from 'node:crypto';
import type { ApiError } from '../errors.ts';
import { errorInfo, failedPrecondition, preconditionFailure } from '../errors.ts';

/**
 * What a service cannot be without, by the first word of their names (refusals pasted in public reports 2019 – 2025; [U]
 * beyond them: a selection).
 */
const NEEDS: ReadonlyMap<string, readonly string[]> = new Map([
  ['bigquerystorage', ['bigquery']],
  ['cloudapis', ['bigquery', 'cloudtrace', 'logging']],
  ['cloudfunctions', ['storage-api']],
  ['compute', ['oslogin']],
  ['container', ['compute']],
  ['dataflow', ['cloudresourcemanager']],
]);

const wordOf = (service: string) => service.replace(/\.googleapis\.com$/, '');

/** The enabled services that depend on one, directly or through others, sorted. */
export function dependentsOf(service: string, enabled: ReadonlySet<string>): readonly string[] {
  const found = new Set<string>();
  const pending = [service];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const [word, needs] of NEEDS) {
      const name = `${word}.googleapis.com`;
      if (!enabled.has(name) || found.has(name) || !needs.includes(wordOf(next))) continue;
      found.add(name);
      pending.push(name);
    }
  }
  return [...found].sort();
}

/** 400 COMMON_SU_SERVICE_HAS_DEPENDENT_SERVICES (pasted in public reports). */
export function hasDependents(service: string, dependents: readonly string[]): ApiError {
  const services = dependents.join(',');
  return failedPrecondition(
    `The service ${service} is depended on by the following active service(s): ${services}; Please specify disable_dependent_services=true if you want to proceed with disabling all services.\nHelp Token: ${randomUUID()}`,
    [
      preconditionFailure({
        type: 'googleapis.com',
        subject: `?error_code=100001&service_name=${service}&services=${services}`,
      }),
      errorInfo('COMMON_SU_SERVICE_HAS_DEPENDENT_SERVICES', 'serviceusage.googleapis.com', {
        service_name: service,
        services,
      }),
    ],
  );
}
