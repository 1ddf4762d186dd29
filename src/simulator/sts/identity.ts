import type { FederatedIdentity, PoolProvider, Project } from '../world.ts';
import { evaluateMapping } from '../workload-identity/mapping.ts';
import { refuse } from './refusals.ts';

const MOST_SUBJECT_BYTES = 127;

/** An attribute that must be a text; one that asks for a claim that is not there stays unset. */
function textOf(key: string, value: unknown): string | undefined {
  if (value === undefined || value === null || typeof value === 'string') return value ?? undefined;
  throw refuse('invalid_request', `The mapped attribute '${key}' must be of type STRING.`); // [U]
}

function groupsOf(value: unknown): readonly string[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
  throw refuse('invalid_request', "The mapped attribute 'google.groups' must be a list of type STRING."); // [U]
}

/** Maps what a token claims to a Google identity, if the attribute condition lets it in. */
export function identityOf(
  provider: PoolProvider,
  project: Project,
  claims: Readonly<Record<string, unknown>>,
): FederatedIdentity {
  const { attributeMapping: mapping, attributeCondition: condition } = provider;
  const value = (key: string) =>
    mapping[key] === undefined ? undefined : evaluateMapping(mapping[key], { assertion: claims });
  const subject = textOf('google.subject', value('google.subject'));
  const groups = groupsOf(value('google.groups'));
  const attributes: Record<string, string> = {};
  for (const key of Object.keys(mapping)) {
    const text = key.startsWith('attribute.') ? textOf(key, value(key)) : undefined;
    if (text !== undefined) attributes[key.slice('attribute.'.length)] = text;
  }
  const google = { ...(subject !== undefined && { subject }), groups };
  const facts = { assertion: claims, google, attribute: attributes };
  if (condition !== undefined && evaluateMapping(condition, facts) !== true)
    throw refuse('unauthorized_client', 'The given credential is rejected by the attribute condition.');
  if (!subject) throw refuse('invalid_request', "The mapped attribute 'google.subject' must not be empty."); // [U]
  // Pasted in public reports.
  if (Buffer.byteLength(subject) > MOST_SUBJECT_BYTES)
    throw refuse(
      'invalid_request',
      'The size of mapped attribute google.subject exceeds the 127 bytes limit. Either modify your attribute mapping or the incoming assertion to produce a mapped attribute that is less than 127 bytes.',
    );
  const pool = provider.name.slice(0, provider.name.indexOf('/providers/'));
  return { pool, projectId: project.id, subject, groups, attributes };
}
