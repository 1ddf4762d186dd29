import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';

/** The levels of the resource hierarchy, from the top; `resource` is whatever lies below a project. */
export const levels = ['organization', 'folder', 'project', 'resource'] as const;
export type Level = (typeof levels)[number];

const words = z
  .string()
  .trim()
  .min(1)
  .transform((text) => text.split(/\s+/));

/** The lines of a text in a catalog file; a line that begins with a space goes on with the one before. */
export function linesOf(text: string): string[] {
  return text
    .replaceAll(/\n\s+/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '');
}

/** Lines such as `roles: create get`, as pairs of a resource type and its actions. */
const resources = z.string().transform((text, context) =>
  linesOf(text).map((line) => {
    const [, resource = '', actions = ''] = /^([\w./-]+): +(\w.*)$/.exec(line) ?? [];
    if (resource === '')
      context.addIssue({ code: 'custom', message: `"${line}" is not "resource: actions"` });
    return { resource, actions: actions.trim().split(/\s+/) };
  }),
);

/** One file of catalog/permissions: a service, its permissions and what is special about some of them. */
export const permissionFile = z.strictObject({
  service: z.string().regex(/^[a-z]+\.googleapis\.com$/),
  title: z.string().min(1),
  prefix: z.string().regex(/^[a-z]+$/),
  resources,
  alsoOnResource: words.optional(),
  exceptions: z
    .array(
      z.strictObject({
        permissions: words,
        levels: words.pipe(z.array(z.enum(levels))).optional(),
        customRole: z.enum(['SUPPORTED', 'TESTING', 'NOT_SUPPORTED']).optional(),
        stage: z.enum(['ALPHA', 'BETA', 'GA', 'DEPRECATED']).optional(),
        why: z.string().min(1),
      }),
    )
    .optional(),
});
export type PermissionFile = z.infer<typeof permissionFile>;

/** One file of catalog/roles: predefined roles by name. */
export const roleFile = z.record(
  z.string().regex(/^roles\/[\w.]+$/),
  z.strictObject({
    title: z.string().min(1),
    description: z.string().optional(),
    stage: z.enum(['ALPHA', 'BETA', 'GA', 'DEPRECATED']).default('GA'),
    lowest: z.enum(levels),
    highest: z.enum(levels).default('organization'),
    includes: words.optional(),
    permissions: z.string().default(''),
    // What documents say of the role, for people. Google answers what is live, and so does the embedded cloud.
    documented: z.unknown().optional(),
    about: z.unknown().optional(),
  }),
);
export type RoleFile = z.infer<typeof roleFile>;

/**
 * The part of a permission file that this cloud is made of. What people read stands below, from a line `about:` to the
 * end: several times as much, and not parsed here, because every demo would wait for it.
 */
export function withoutAbout(text: string): string {
  const at = text.search(/^about:/m);
  return at === -1 ? text : text.slice(0, at);
}

/** Parses and checks the text of one catalog file; the error names the file and what is wrong in it. */
export function checked<T>(schema: z.ZodType<T>, file: string, text: string): T {
  const result = schema.safeParse(parse(text, { prettyErrors: true }));
  if (result.success) return result.data;
  throw new Error(`${file} is not as it should be:\n${z.prettifyError(result.error)}`);
}

/** The YAML files of one catalog folder, as name and text, in the order of their names. */
export async function yamlFiles(folder: string): Promise<{ file: string; text: string }[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).sort();
  return Promise.all(
    names.map(async (name) => {
      const file = join(folder, name);
      return { file, text: await readFile(file, 'utf8') };
    }),
  );
}
