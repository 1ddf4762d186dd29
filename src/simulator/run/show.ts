import { createHash } from 'node:crypto';
import { omitDefaults } from '../body.ts';
import { microTimestamp } from '../clock.ts';
import { etagOf } from '../etag.ts';
import type { RunService } from '../world.ts';

/** A revision's name: the service's, the generation, and three letters of no meaning. */
function revisionOf({ name, uid }: RunService, generation: number): string {
  const suffix = createHash('sha1').update(`${uid} ${generation}`).digest('hex').slice(0, 3);
  const id = name.slice(name.lastIndexOf('/') + 1);
  return `${name}/revisions/${id}-${String(generation).padStart(5, '0')}-${suffix}`;
}

/** A service as the API shows it (recorded; [U] the URI, which leads nowhere). */
export function showService(service: RunService): object {
  const { name, fields, template, uid, generation, observed, creator, lastModifier } = service;
  const ready = observed === generation;
  const [, , , location = '', , id = ''] = name.split('/');
  const host = `${id}-${createHash('sha1').update(uid).digest('hex').slice(0, 10)}-${location}.a.run.app`;
  return omitDefaults({
    ...fields,
    name,
    uid,
    generation: String(generation),
    createTime: microTimestamp(service.created),
    updateTime: microTimestamp(service.stamp),
    creator,
    lastModifier,
    template,
    observedGeneration: observed === 0 ? undefined : String(observed),
    terminalCondition: {
      type: 'Ready',
      state: ready ? 'CONDITION_SUCCEEDED' : 'CONDITION_RECONCILING',
      lastTransitionTime: microTimestamp(service.stamp),
    },
    latestReadyRevision: observed === 0 ? undefined : revisionOf(service, observed),
    latestCreatedRevision: revisionOf(service, generation),
    uri: observed === 0 ? undefined : `https://${host}`,
    urls: observed === 0 ? undefined : [`https://${host}`],
    reconciling: !ready,
    etag: `"${etagOf(service.stamp)}"`,
  });
}
