import * as z from 'zod';
import { levels } from './model.ts';

// What the files of catalog/ may hold. catalog/README.md describes the form to people.

const text = z.string().trim().min(1);
const words = text.transform((all) => all.split(/\s+/));
const level = z.enum(levels);
const support = z.enum(['SUPPORTED', 'TESTING', 'NOT_SUPPORTED']);
const stage = z.enum(['ALPHA', 'BETA', 'GA', 'DEPRECATED']);
const notes = z.array(text).default([]);
const permissionName = z.string().regex(/^[a-z]+\.[\w./]+\.[A-Za-z]+$/, 'service.resource.action');
const roleName = z.string().regex(/^roles\/[\w.]+$/, 'roles/NAME');

/** catalog/sources.yaml: by label. */
export const sourcesForm = z.record(
  z.string(),
  z.strictObject({
    title: text,
    link: z.url({ protocol: /^https$/ }).optional(),
    date: z
      .string()
      .regex(/^(?:\d{4}(?:-\d{2}){0,2}|mid-\d{4}|undated)$/, 'a date such as 2026-09, or undated'),
    read: z.string().regex(/^\d{4}-\d{2}(?:-\d{2})?$/, 'a date such as 2026-11'),
    lists: z.string().optional(),
    note: text.optional(),
  }),
);

const about = z.strictObject({
  notes,
  groups: z
    .array(
      z.strictObject({
        title: text,
        source: words,
        notes,
        permissions: z.record(
          z.string(),
          z.strictObject({ does: text, risk: text, notes, source: words.optional() }),
        ),
      }),
    )
    .default([]),
});

/** One file of catalog/permissions. */
export const permissionsForm = z.strictObject({
  service: z.string().regex(/^[a-z]+\.googleapis\.com$/),
  title: text,
  prefix: z.string().regex(/^[a-z]+$/),
  resources: z.string(),
  alsoOnResource: words.default([]),
  exceptions: z
    .array(
      z.strictObject({
        permissions: words,
        levels: words.pipe(z.array(level)).optional(),
        customRole: support.optional(),
        stage: stage.optional(),
        why: text,
      }),
    )
    .default([]),
  about: about.optional(),
});

/** One file of catalog/roles: by name. */
export const rolesForm = z.record(
  roleName,
  z.strictObject({
    title: text,
    description: z.string().optional(),
    stage: stage.default('GA'),
    lowest: level,
    highest: level.default('organization'),
    includes: words.default([]),
    permissions: z.string().default(''),
    about: z.strictObject({ does: text, risk: text, source: words, notes }).optional(),
    documented: z
      .strictObject({
        source: text,
        includes: words.pipe(z.array(roleName)).default([]),
        permissions: z.record(permissionName, text),
      })
      .optional(),
  }),
);

/** One file of catalog/methods. */
export const methodsForm = z.strictObject({
  service: z.string().regex(/^[a-z]+\.googleapis\.com$/),
  title: text,
  prefix: z.string().regex(/^[a-z]+$/),
  source: text,
  methods: z.array(
    z.strictObject({
      row: z.int().min(1),
      method: z.string().regex(/^[\w.]+\.\w+$/, 'resource.method'),
      meant: z
        .string()
        .regex(/^[\w.]+\.\w+$/, 'resource.method')
        .optional(),
      does: text,
      permission: permissionName,
      roles: words.pipe(z.array(roleName)),
    }),
  ),
});

/** catalog/notes.yaml: by name. */
export const notesForm = z.record(
  z.string().regex(/^[a-z\d-]+$/),
  z.strictObject({
    title: text,
    says: text,
    words: words.default([]),
    about: words.default([]),
    source: words,
    disagrees: z.string().optional(),
  }),
);

/** catalog/acknowledged.yaml: what `catalog lint` finds and why it stays so. */
export const acknowledgedForm = z.array(z.strictObject({ kind: text, of: z.array(text).min(1), why: text }));
