import fc from 'fast-check';
import type { Profile } from '../../src/profile/profile.ts';

// Unicode's control, surrogate and reordering characters are refused, and white space is folded: see refused.test.ts.
const refused = /[\p{Cc}\p{Cs}\p{Bidi_Control}]/u;
const line = (bytes: number) =>
  fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: bytes })
    .map((text) => text.trim().replace(/\s+/gu, ' '))
    .filter((text) => text !== '' && !refused.test(text) && Buffer.byteLength(text) <= bytes);
const optional = <T>(field: string, value: fc.Arbitrary<T>) =>
  fc.option(value).map((some) => (some === null ? {} : { [field]: some }));

const link = fc.constantFrom('https://example.com/', 'https://example.com/a?b=c#d', 'https://[::1]:8443/x');
const label = fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/u);
const part = fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9_]{0,20}$/u);
const permissionName = fc
  .tuple(fc.stringMatching(/^[a-z][a-z0-9-]{0,10}$/u), fc.constantFrom('.', '.googleapis.com/'), part, part)
  .map(([service, mark, resource, action]) => `${service}${mark}${resource}.${action}`);
const service = fc.record({
  name: label.map((text) => `${text}.googleapis.com`),
  why: line(200),
});
const envParts = [
  ...['privateKey', 'privateKeyId', 'clientEmail', 'projectId', 'keyFile', 'credentialsJson'],
];
const envName = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,20}$/u);

const action = fc.stringMatching(/^[a-zA-Z]{3,12}$/u);
const predefined = fc
  .tuple(fc.stringMatching(/^[a-z]{3,12}$/u), action)
  .map(([service, name]) => `roles/${service}.${name}`);
/** A role, and what it can be granted on: below the project, of the service that owns that. */
const granted = fc.oneof(
  predefined.map((role) => [role, 'project'] as const),
  fc
    .constantFrom(
      ['iam', 'account'] as const,
      ['iam', 'account/compute'] as const,
      ['storage', 'bucket/a.b-{project}'] as const,
      ['run', 'run-service/europe-west1/r'] as const,
    )
    .chain(([service, on]) => action.map((name) => [`roles/${service}.${name}`, on] as const)),
);
const condition = fc
  .record({ title: line(50), expression: line(100) })
  .chain((both) => optional('description', line(100)).map((more) => ({ ...both, ...more })));
const grant = fc
  .tuple(granted, line(100), optional('condition', condition))
  .map(([[role, on], why, more]) => ({ role, on, why, ...more }));

/** Any profile that keeps to every limit. */
export const anyProfile: fc.Arbitrary<Profile> = fc
  .record({
    name: label,
    title: line(100),
    summary: line(200),
    link: optional('link', link),
    status: fc
      .tuple(fc.constantFrom('alpha', 'beta', 'stable', 'deprecated'), optional('note', line(200)))
      .map(([stage, note]) => ({ stage, ...note })),
    sources: fc.dictionary(
      label.filter((text) => text !== 'ours'),
      fc.tuple(line(100), optional('link', link)).map(([title, more]) => ({ title, ...more })),
      { maxKeys: 3, noNullPrototype: true },
    ),
    services: fc.uniqueArray(service, { selector: ({ name }) => name, maxLength: 5 }),
    role: fc
      .tuple(
        fc.stringMatching(/^[a-zA-Z0-9_.]{3,64}$/u),
        line(100),
        optional('description', line(300)),
        fc.constantFrom('ALPHA', 'BETA', 'GA'),
      )
      .map(([id, title, more, stage]) => ({ id, title, ...more, stage })),
    account: fc
      .tuple(
        fc.stringMatching(/^[a-z][-a-z0-9]{4,28}[a-z0-9]$/u),
        line(100),
        optional('description', line(256)),
      )
      .map(([id, displayName, more]) => ({ id, displayName, ...more })),
    key: optional('key', fc.record({ maxAgeDays: fc.integer({ min: 1, max: 3650 }) })),
    names: fc.uniqueArray(permissionName, { minLength: 1, maxLength: 12 }),
    why: line(200),
    warning: optional('warning', line(200)),
    grants: fc.uniqueArray(grant, { selector: ({ role, on }) => `${role} ${on}`, maxLength: 3 }),
    team: fc.array(
      fc.record({
        role: predefined,
        members: fc.constantFrom([], ['group:team@example.com', 'domain:example.com']),
        why: line(100),
      }),
      { maxLength: 1 },
    ),
    next: fc.array(
      fc.tuple(line(100), optional('why', line(100))).map(([run, more]) => ({ run, ...more })),
      {
        maxLength: 2,
      },
    ),
    env: fc
      .tuple(fc.shuffledSubarray(envParts), fc.uniqueArray(envName, { minLength: 6 }))
      .map(([parts, names]) => Object.fromEntries(parts.map((part, at) => [part, names[at]]))),
  })
  .map(({ names, why, warning, link, key, grants, team, ...profile }) => ({
    ...profile,
    ...link,
    ...key,
    grants: [{ role: 'custom', on: 'project' }, ...grants],
    team,
    permissions: names.map((name, at) => ({
      name,
      why,
      source: at % 2 === 0 ? 'ours' : (Object.keys(profile.sources)[0] ?? 'ours'),
      ...(at % 3 === 0 && warning),
    })),
  }));
