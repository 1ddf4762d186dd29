import { omitDefaults } from '../body.ts';
import { timestamp } from '../clock.ts';
import { etagOf } from '../etag.ts';
import type { Project } from '../world.ts';

/** A project as Resource Manager v1 shows it. */
export function showV1(project: Project): object {
  const [type, id] = project.parent?.split('/') ?? [];
  return omitDefaults({
    projectNumber: project.number,
    projectId: project.id,
    lifecycleState: project.state,
    name: project.displayName,
    labels: project.labels,
    createTime: timestamp(project.createTime),
    parent: type && { type: type.replace(/s$/, ''), id },
  });
}

/** A project as Resource Manager v3 shows it. */
export function showV3(project: Project): object {
  return omitDefaults({
    name: `projects/${project.number}`,
    parent: project.parent,
    projectId: project.id,
    state: project.state,
    displayName: project.displayName,
    labels: project.labels,
    createTime: timestamp(project.createTime),
    updateTime: timestamp(project.createTime),
    etag: etagOf(project.createTime * 1000), // [U] the form of a project's etag.
  });
}
