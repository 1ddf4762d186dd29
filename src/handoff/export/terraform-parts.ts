import type { HclItem } from './hcl.ts';
import { comment } from './script-text.ts';

/** Attributes of texts and switches; what is undefined is left out. */
export function attributes(values: Readonly<Record<string, string | boolean | undefined>>): HclItem[] {
  return Object.entries(values).flatMap(([attribute, value]) =>
    value === undefined ? [] : [{ attribute, value }],
  );
}

/** A resource with what it is for, and the block that imports it where it is there already. */
export function resource(
  type: string,
  label: string,
  body: readonly HclItem[],
  { why, importId }: { why: string; importId?: string | undefined },
): HclItem[] {
  return [
    ...(importId === undefined
      ? []
      : [
          {
            block: 'import',
            body: [
              { attribute: 'to', value: { hcl: `${type}.${label}` } },
              { attribute: 'id', value: importId },
            ],
          },
        ]),
    { comment: comment(why) },
    { block: 'resource', labels: [type, label], body },
  ];
}
