import * as z from 'zod';
import type { Caller } from './caller.ts';
import { encodedPath, projectName } from './resource-name.ts';

const API = 'policyanalyzer';
const TYPE = 'serviceAccountKeyLastAuthentication';
/** The largest page (Policy Analyzer API v1). */
const ACTIVITIES_A_PAGE = 1000;

// Made when it is needed, as few runs do: making a schema takes longer than loading its text.
const page = () =>
  z.object({
    activities: z
      .array(
        z.object({
          fullResourceName: z.string(),
          activity: z.object({ lastAuthenticatedTime: z.iso.datetime().optional() }).default({}),
        }),
      )
      .default([]),
    nextPageToken: z.string().optional(),
  });

/** What was used, and when (Policy Analyzer API v1), by plain requests: its library is not here. */
export class Activity {
  readonly #caller: Caller;
  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /**
   * When keys of an account were last used to authenticate, by key ID: a day, told as its beginning (07:00 UTC), and with it
   * uses that were refused afterwards (Policy Intelligence docs, service account usage tools). A key that is absent here was
   * not used in the time that Google looks back on, or too lately to be known yet: it is refreshed daily. Google filters by
   * whole names of keys only, so that all of the project's are read.
   * @throws {CloudError} `denied`: needs policyanalyzer.serviceAccountKeyLastAuthenticationActivities.query on the project;
   *   `service-disabled`: the API is off; and all else that a call throws
   * @throws {CredentialsError}
   */
  async keyLastAuthentication(projectId: string, email: string): Promise<Map<string, Date>> {
    const days = new Map<string, Date>();
    let pageToken: string | undefined;
    do {
      const query = { pageSize: String(ACTIVITIES_A_PAGE), ...(pageToken ? { pageToken } : {}) };
      const found: z.infer<ReturnType<typeof page>> = await this.#caller.request(
        {
          api: API,
          method: 'projects.locations.activityTypes.activities.query',
          repeatable: true,
          schema: page(),
        },
        () => ({
          path: `/v1/${encodedPath(projectName(projectId))}/locations/global/activityTypes/${TYPE}/activities:query`,
          query,
        }),
      );
      for (const { fullResourceName, activity } of found.activities) {
        const id = keyOf(fullResourceName, email);
        if (id === undefined || activity.lastAuthenticatedTime === undefined) continue;
        const day = new Date(activity.lastAuthenticatedTime);
        if (day > (days.get(id) ?? new Date(0))) days.set(id, day);
      }
      pageToken = found.nextPageToken;
    } while (pageToken);
    return days;
  }
}

/** The key in `//iam.googleapis.com/projects/P/serviceAccounts/EMAIL/keys/ID`, where it is that account's. */
function keyOf(fullResourceName: string, email: string): string | undefined {
  const [, account, id] = /\/serviceAccounts\/([^/]+)\/keys\/([^/]+)$/.exec(fullResourceName) ?? [];
  return account === email ? id : undefined;
}
