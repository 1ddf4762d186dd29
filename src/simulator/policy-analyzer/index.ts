import { demand } from '../authorise.ts';
import type { Call } from '../call.ts';
import { param } from '../call.ts';
import { iamDenied, invalidArgument } from '../errors.ts';
import { paginate } from '../paging.ts';
import { findProject, projectResource } from '../resources.ts';
import type { Handler, Route, Service } from '../router.ts';
import type { Project } from '../world.ts';
import type { Kind } from './activities.ts';
import { activitiesOf } from './activities.ts';

const policyAnalyzer: Service = {
  name: 'policyanalyzer.googleapis.com',
  title: 'Policy Analyzer API',
  activation: 'always',
};

const KINDS: ReadonlyMap<string, Kind> = new Map([
  ['serviceAccountLastAuthentication', 'serviceAccount'],
  ['serviceAccountKeyLastAuthentication', 'serviceAccountKey'],
]);

/** The project of a call, once the caller is known to hold the permission on it. */
function permittedProject(call: Call, permission: string): Project {
  const project = findProject(call.world, param(call, 'project'));
  if (!project) throw iamDenied(permission);
  demand(call, permission, projectResource(call.world, project));
  return project;
}

/** The names that a filter `activities.full_resource_name = "…"` asks for, joined by OR (discovery document, gcloud's help). */
function wantedNames(filter: string): ReadonlySet<string> | undefined {
  if (filter.trim() === '') return undefined;
  const names = filter.split(/\s+OR\s+/).map((term) => {
    const name =
      /^\s*\(?\s*activities\.(?:full_resource_name|fullResourceName)\s*=\s*"?([^"\s)]+)"?\s*\)?\s*$/.exec(
        term,
      )?.[1];
    if (name === undefined) throw invalidArgument('Request contains an invalid argument.');
    return name;
  });
  return new Set(names);
}

const queryActivities: Handler = (call) => {
  const type = param(call, 'activityType');
  const kind = KINDS.get(type);
  // Other types, and other locations, are not simulated ([U] the text).
  if (!kind || param(call, 'location') !== 'global')
    throw invalidArgument('Request contains an invalid argument.');
  const project = permittedProject(call, `policyanalyzer.${type}Activities.query`);
  const wanted = wantedNames(call.query.get('filter') ?? '');
  const all = activitiesOf(call.world, project, kind).filter(
    ({ fullResourceName }) => !wanted || wanted.has(fullResourceName),
  );
  const { items, nextPageToken } = paginate(all, call.query, call.path, { usual: 500, largest: 1000 });
  return { activities: items.length ? items : undefined, nextPageToken };
};

/** Policy Analyzer v1, for projects: when accounts and keys were last used. */
export const policyAnalyzerRoutes: readonly Route[] = [
  {
    service: policyAnalyzer,
    method: 'GET',
    pattern: '/v1/projects/{project}/locations/{location}/activityTypes/{activityType}/activities:query',
    handle: queryActivities,
  },
];
