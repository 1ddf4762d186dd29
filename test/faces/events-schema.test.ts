import { format, resolveConfig } from 'prettier';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { Event } from '../../src/faces/json/events.ts';

const file = new URL('../../src/faces/json/events.schema.json', import.meta.url).pathname;

/** The schema as others may use it: open to fields that a later release of the same version adds. */
function published(): object {
  return z.toJSONSchema(Event, {
    override: ({ jsonSchema }) => {
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
    },
  });
}

test('the JSON Schema in the repository is the one that the events are typed with', async () => {
  const text = await format(JSON.stringify(published()), {
    ...(await resolveConfig(file)),
    parser: 'json',
  });
  // After a change of the events: npm run unit -- -u test/faces
  await expect(text).toMatchFileSnapshot(file);
});

test('the JSON Schema takes fields that are not there yet, and requires those that are', () => {
  const { oneOf } = z
    .object({
      oneOf: z.array(z.object({ required: z.array(z.string()), additionalProperties: z.never().optional() })),
    })
    .parse(published());
  expect(oneOf).toHaveLength(Event.options.length);
  for (const { required } of oneOf) expect(required).toEqual(expect.arrayContaining(['v', 'type']));
});
