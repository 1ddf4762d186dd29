import { commandLine } from '../steps/shell.ts';
import type { Cause, Unread } from './cause.ts';
import type { Looking } from './looking.ts';
import { repairOr } from './mending.ts';
import type { Subject } from './subject.ts';

/** APIs that are off. An account may hold every permission of such an API, and each of its calls there is refused. */
export async function serviceCauses(
  subject: Subject,
  look: Looking,
): Promise<{ causes: Cause[]; unread: Unread[] }> {
  const { project, services, refusal, asked } = subject;
  const causeFor = (
    service: string,
    permissions: readonly string[],
    evidence: Cause['evidence'],
    consumer = project,
  ): Cause => {
    const { command } = repairOr(
      services.includes(service)
        ? { ...subject, mends: new Set(permissions) }
        : { ...subject, repair: undefined },
      permissions,
      commandLine('gcloud', 'services', 'enable', service, `--project=${consumer}`),
    );
    return {
      kind: 'service-disabled',
      permissions,
      what: `the API ${service} is off in ${consumer}, so that every call to it is refused`,
      remedy: `turn it on: whoever may in ${consumer} (serviceusage.services.enable)`,
      ...(command !== undefined && { command }),
      evidence,
    };
  };
  const causes: Cause[] = [];
  const stopped = refusal?.kind === 'service-disabled' ? refusal.metadata['service'] : undefined;
  if (refusal !== undefined && stopped !== undefined) {
    const consumer = refusal.metadata['consumer']?.replace('projects/', '');
    const evidence = {
      call: `${refusal.api} ${refusal.method}`,
      resource: `projects/${project}`,
      said: refusal.message,
    };
    // Google names it by number where it can.
    causes.push(
      causeFor(
        stopped,
        [],
        [evidence],
        consumer !== undefined && /^\d+$/u.test(consumer) ? project : consumer,
      ),
    );
  }
  if (services.length === 0) return { causes, unread: [] };
  const states = await look.services(services);
  if ('unread' in states) return { causes, unread: stopped === undefined ? [] : [states.unread] };
  for (const [service, state] of states.value) {
    if (state !== 'DISABLED' || service === stopped) continue;
    const label = service.replace(/\.googleapis\.com$/u, '');
    const permissions = asked.filter((name) => prefixes(label).some((each) => name.startsWith(each)));
    if (permissions.length === 0) continue;
    causes.push(causeFor(service, permissions, [states.cite(`${service} is DISABLED`)]));
  }
  return { causes, unread: [] };
}

/** What the permissions of an API begin with; that of projects is called otherwise. */
function prefixes(label: string): string[] {
  return label === 'cloudresourcemanager' ? ['resourcemanager.'] : [`${label}.`, `${label}.googleapis.com/`];
}
