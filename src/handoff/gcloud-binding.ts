import type { Word } from './shell-line.ts';

/** One resource that has an allow policy. `id`: an address, a number, a bucket's name, or REGION/NAME of a service. */
export type PolicyPlace =
  | { readonly kind: 'project' | 'account' | 'organization' | 'bucket'; readonly id: Word }
  | { readonly kind: 'run-service'; readonly id: string };

/** One line of an allow policy. */
export interface PolicyLine {
  readonly role: string;
  readonly member: Word;
  readonly condition?: PolicyCondition | undefined;
}

export interface PolicyCondition {
  readonly title?: string | undefined;
  readonly expression: string;
  readonly description?: string | undefined;
}

/** The words of the gcloud command that adds a line to a policy, or takes it away. */
export function bindingWords(
  verb: 'add' | 'remove',
  { role, member, condition }: PolicyLine,
  place: PolicyPlace,
  project: string,
): Word[] {
  return [
    ...placeWords(place, `${verb}-iam-policy-binding`, project),
    ['--member=', ...partsOf(member)],
    `--role=${role}`,
    `--condition=${condition === undefined ? 'None' : fieldsOf(condition)}`,
  ];
}

/** The words of the gcloud command that reads a policy, conditions and all. */
export function readWords(place: PolicyPlace, project: string): Word[] {
  return placeWords(place, 'get-iam-policy', project);
}

function placeWords(place: PolicyPlace, verb: string, project: string): Word[] {
  switch (place.kind) {
    case 'project':
      return ['gcloud', 'projects', verb, place.id];
    case 'account':
      return ['gcloud', 'iam', 'service-accounts', verb, place.id, `--project=${project}`];
    case 'organization':
      return ['gcloud', 'organizations', verb, place.id];
    case 'bucket':
      return ['gcloud', 'storage', 'buckets', verb, ['gs://', ...partsOf(place.id)]];
    case 'run-service': {
      const [region = '', name = ''] = place.id.split('/');
      return ['gcloud', 'run', 'services', verb, name, `--region=${region}`, `--project=${project}`];
    }
  }
}

const partsOf = (word: Word) => (typeof word === 'string' ? [word] : word);

/** A comma parts gcloud's fields, so another sign does where a text holds one (gcloud topic escaping). */
function fieldsOf({ expression, title, description }: PolicyCondition): string {
  const texts = Object.entries({ expression, title, description }).flatMap(([name, text]) =>
    text === undefined ? [] : [`${name}=${text}`],
  );
  const mark = markNotIn(texts.join(''));
  return `${mark === ',' ? '' : `^${mark}^`}${texts.join(mark)}`;
}

function markNotIn(text: string): string {
  const usual = [',', ';', '|', '#', '~', '@', '%'].find((each) => !text.includes(each));
  if (usual !== undefined) return usual;
  let code = 0xa7;
  while (text.includes(String.fromCodePoint(code))) code++;
  return String.fromCodePoint(code);
}
