/** What a role is granted on, as a profile names it. */
export type Place =
  | { readonly kind: 'project' }
  | { readonly kind: 'organization' }
  /** The account itself; another one by its address; or the project's default account of Compute Engine. */
  | { readonly kind: 'account'; readonly whose: 'own' | 'compute' | { readonly email: string } }
  | { readonly kind: 'bucket'; readonly name: string }
  | { readonly kind: 'run-service'; readonly region: string; readonly name: string };

/** The levels of Google's resource hierarchy that a profile reaches, the highest first. */
export type Level = 'organization' | 'project' | 'resource';

const email = /^[a-z0-9][-a-z0-9.]*@[a-z0-9][-a-z0-9.]*\.gserviceaccount\.com$/u;
/** Cloud Storage docs, bucket names. */
const bucket = /^(?=.{3,222}$)[a-z0-9][-a-z0-9_.]*[a-z0-9]$/u;
/** Cloud Run docs: at most 49 characters, beginning with a letter. */
const runService = /^(?<region>[a-z]+-[a-z]+\d+)\/(?<name>[a-z](?:[-a-z\d]{0,47}[a-z\d])?)$/u;

/**
 * Reads `project`, `organization`, `account`, `account/compute`, `account/EMAIL`, `bucket/NAME` or
 * `run-service/REGION/NAME`; undefined for anything else. In a bucket's name `{project}` stands for the ID of the project.
 */
export function placeOf(on: string): Place | undefined {
  if (on === 'project' || on === 'organization') return { kind: on };
  if (on === 'account') return { kind: 'account', whose: 'own' };
  const [kind, rest = ''] = splitOnce(on);
  if (kind === 'account') {
    if (rest === 'compute') return { kind, whose: 'compute' };
    return email.test(rest) ? { kind, whose: { email: rest } } : undefined;
  }
  if (kind === 'bucket')
    return bucket.test(rest.replaceAll('{project}', 'a-project')) ? { kind, name: rest } : undefined;
  const { region, name } = (kind === 'run-service' && runService.exec(rest)?.groups) || {};
  return region !== undefined && name !== undefined ? { kind: 'run-service', region, name } : undefined;
}

/** At which level of the hierarchy it stands. */
export function levelOf({ kind }: Place): Level {
  return kind === 'project' || kind === 'organization' ? kind : 'resource';
}

function splitOnce(text: string): [first: string, rest: string | undefined] {
  const at = text.indexOf('/');
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
