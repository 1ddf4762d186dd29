import * as z from 'zod';
import type { Faults } from './faults.ts';
import { FaultRule } from './faults.ts';
import type { RequestLog } from './request-log.ts';
import { GITHUB, mintSubjectToken } from './sts/issuers.ts';
import { beginJob, JOB_PATH, jobToken } from './sts/workflow-job.ts';
import type { World } from './world.ts';
import { describeWorld } from './world-view.ts';

/** An answer of the control API. */
export interface ControlAnswer {
  readonly status: number;
  readonly body: object;
}

const ClockBody = z.union([
  z.strictObject({ advance: z.number().nonnegative() }),
  z.strictObject({ to: z.iso.datetime({ offset: true }) }),
]);
const TokenBody = z.strictObject({
  issuer: z.string().default(GITHUB),
  subject: z.string().optional(),
  audience: z.string().optional(),
  claims: z.record(z.string(), z.unknown()).default({}),
  /** Seconds; GitHub's tokens live five minutes. */
  lifetime: z.number().positive().default(300),
});
const JobBody = z.strictObject({ claims: z.record(z.string(), z.unknown()).default({}) });
const FaultsBody = z.union([z.strictObject({ rules: z.array(FaultRule) }), FaultRule]);

/**
 * Whether a request to the control API comes from this machine and from no web page: a page of any site could reach
 * the loopback interface through a browser, and a name of its own could lead there.
 */
export function mayControl(headers: { host?: string | undefined; origin?: string | undefined }): boolean {
  return headers.origin === undefined && /^(?:127\.0\.0\.1|localhost)(?::\d+)?$/.test(headers.host ?? '');
}

const refuse = (status: number, message: string): ControlAnswer => ({ status, body: { error: { message } } });

/**
 * The simulator's own API, under `/_/`: for tests and demonstrations, without credentials, on the loopback interface
 * only. It reads the world, the requests, and sets faults and clock; the world itself is changed through Google's APIs.
 */
export function control(
  machinery: { world: World; log: RequestLog; faults: Faults },
  method: string,
  path: string,
  text: string,
  from: { bearer: string | undefined; query: URLSearchParams; origin: string },
): ControlAnswer | Promise<ControlAnswer> {
  const { world, log, faults } = machinery;
  let body: unknown;
  try {
    body = text.trim() === '' ? {} : JSON.parse(text);
  } catch {
    return refuse(400, 'The body is not JSON.');
  }
  switch (`${method} ${path}`) {
    case 'GET /_/requests':
      return { status: 200, body: { requests: log.requests } };
    case 'DELETE /_/requests':
      log.clear();
      return { status: 200, body: {} };
    case 'GET /_/world':
      return { status: 200, body: describeWorld(world) };
    case 'GET /_/faults':
      return { status: 200, body: { rules: faults.list() } };
    case 'DELETE /_/faults':
      faults.clear();
      return { status: 200, body: { rules: [] } };
    case 'POST /_/faults': {
      const rules = FaultsBody.safeParse(body);
      if (!rules.success) return refuse(400, z.prettifyError(rules.error));
      faults.add('rules' in rules.data ? rules.data.rules : [rules.data]);
      return { status: 200, body: { rules: faults.list() } };
    }
    case 'GET /_/clock':
      return clock(world);
    case 'POST /_/clock': {
      const wanted = ClockBody.safeParse(body);
      if (!wanted.success) return refuse(400, 'Expected {"advance": SECONDS} or {"to": "ISO 8601 TIME"}.');
      const by =
        'advance' in wanted.data
          ? wanted.data.advance * 1000
          : Date.parse(wanted.data.to) - world.clock.now();
      if (by < 0) return refuse(400, 'The clock goes forward only.');
      world.clock.advance(by);
      return clock(world);
    }
    case 'POST /_/oidc/token':
      return subjectToken(world, body);
    case `POST ${JOB_PATH}`: {
      const job = JobBody.safeParse(body);
      if (!job.success) return refuse(400, z.prettifyError(job.error));
      return { status: 200, body: { env: beginJob(world, job.data.claims, from.origin) } };
    }
    case `GET ${JOB_PATH}`:
      return jobToken(world, from.bearer, from.query).then((token) =>
        token === undefined
          ? refuse(401, 'No job of this world asks so.')
          : { status: 200, body: { count: token.length, value: token } },
      );
    default:
      return refuse(404, `There is no ${method} ${path} in the control API.`);
  }
}

/** A token of one of the world's OIDC issuers, as a job of GitHub Actions would get it. */
async function subjectToken(world: World, body: unknown): Promise<ControlAnswer> {
  const wanted = TokenBody.safeParse(body);
  if (!wanted.success) return refuse(400, z.prettifyError(wanted.error));
  const token = await mintSubjectToken(world, wanted.data);
  if (token === undefined)
    return refuse(400, `This world has no OIDC issuer ${wanted.data.issuer}: name it under oidcIssuers.`);
  return { status: 200, body: { token } };
}

const clock = (world: World): ControlAnswer => ({
  status: 200,
  body: { now: new Date(world.clock.now()).toISOString() },
});
