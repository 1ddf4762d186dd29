import { invalidArgument } from '../errors.ts';

/** A project as a caller wants it, whichever version of the API it came by. */
export interface WantedProject {
  readonly projectId: string;
  readonly displayName: string | undefined;
  /** `organizations/N` or `folders/N`; undefined leaves it to the caller's organisation. */
  readonly parent: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
}

/** Words that no new project ID may hold (Resource Manager docs, before you begin). */
const RESTRICTED = ['google', 'null', 'undefined', 'ssl'];

const LABEL_KEY = /^[a-z](?:[-_a-z0-9]{0,61}[a-z0-9])?$/;
const LABEL_VALUE = /^[-_a-z0-9]{0,63}$/;

/** Google's text for a field that is wrong (pasted 2025 for `project.name`; what stands for `why` is [U]). */
function wrong(field: string, why: string) {
  return invalidArgument(`field [${field}] has issue [${why}]`, [
    { '@type': 'type.googleapis.com/google.rpc.BadRequest', fieldViolations: [{ field, description: why }] },
  ]);
}

/** v3 gives `name` itself and refuses one that is sent (pasted 2025). */
export function refuseName(name: string | undefined): void {
  if (name) throw wrong('project.name', 'field should not be set for new projects');
}

/** Refuses an ID, display name, labels or parent that cannot be (discovery document). */
export function checkWanted({ projectId, displayName, parent, labels }: WantedProject): void {
  if (!/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/.test(projectId))
    throw wrong(
      'project.project_id',
      'must be 6 to 30 lowercase letters, digits or hyphens, start with a letter and not end with a hyphen',
    );
  const word = RESTRICTED.find((restricted) => projectId.includes(restricted));
  if (word) throw wrong('project.project_id', `must not contain "${word}"`);
  if (displayName !== undefined && !/^[A-Za-z0-9\-'" !]{4,30}$/.test(displayName))
    throw wrong(
      'project.display_name',
      'must be 4 to 30 letters, numbers, hyphens, quotes, spaces or exclamation points',
    );
  if (parent !== undefined && !/^(?:organizations|folders)\/\d+$/.test(parent))
    throw wrong('project.parent', 'must be organizations/NUMBER or folders/NUMBER');
  const pairs = Object.entries(labels);
  if (pairs.length > 64 || pairs.some(([key, value]) => !LABEL_KEY.test(key) || !LABEL_VALUE.test(value)))
    throw wrong('project.labels', 'invalid labels');
}
