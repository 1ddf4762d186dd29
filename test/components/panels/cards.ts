import type { StepCard } from '../../../src/wizard/presentation.ts';
import type { Detail } from '../../../src/wizard/question.ts';

// What the profile for Remotion on Cloud Run and the seven steps say of themselves.

export const permissions: readonly Detail[] = [
  {
    name: 'iam.serviceAccounts.actAs',
    why: 'When deploying, act as the default service account, which will grant further permissions required during deployment.',
  },
  {
    name: 'run.operations.get',
    why: 'Required during deployment to confirm that deployment was successful.',
  },
  { name: 'run.routes.invoke', why: 'Invoke the deployed Cloud Run services to perform a render.' },
  { name: 'run.services.create', why: 'Deploy new, and edit existing, Cloud Run services.' },
  { name: 'run.services.get', why: 'Read one service: its address, memory, CPU and time limit.' },
  { name: 'run.services.delete', why: 'Delete services that are no longer needed.' },
  {
    name: 'run.services.list',
    why: 'Get a list of existing Cloud Run services, to ensure no unintended overwriting.',
  },
  {
    name: 'run.services.update',
    why: 'Update a Cloud Run service, for example providing it with more memory or CPU.',
  },
  {
    name: 'storage.buckets.create',
    why: 'Create the storage bucket to store the bundled site and render output.',
  },
  { name: 'storage.buckets.get', why: 'Make sure that the bucket exists before a site is uploaded to it.' },
  {
    name: 'storage.buckets.list',
    why: 'Get a list of existing Cloud Storage resources, to ensure no unintended overwriting of storage buckets.',
  },
  {
    name: 'storage.objects.create',
    why: 'Create new objects in storage. This could be bundled sites, or renders, or logs.',
  },
  {
    name: 'storage.objects.delete',
    why: 'Remove the files that a site no longer has when it is deployed again, and delete whole sites.',
  },
  {
    name: 'storage.objects.list',
    why: 'List the sites in a bucket, and the files of a site, so that only what changed is uploaded.',
  },
  {
    name: 'logging.logEntries.list',
    why: 'Used by the CLI to fetch recent logs if the Cloud Run service crashes, to assist in debugging the root cause.',
  },
];

export const services: readonly Detail[] = [
  { name: 'run.googleapis.com', why: 'Renders run on Cloud Run.' },
  {
    name: 'cloudresourcemanager.googleapis.com',
    why: 'The account asks it which permissions it holds in the project.',
  },
  { name: 'iam.googleapis.com', why: 'The role, the account and its key are made through it.' },
];

export const cards: readonly StepCard[] = [
  {
    id: 'project',
    title: 'Project',
    why: 'The project that everything below belongs to. It is looked at, never changed.',
    undo: 'nothing to take back: it is only looked at',
    details: [],
  },
  {
    id: 'services',
    title: 'Services',
    why: 'APIs that must be on in the project. None is ever turned off.',
    undo: 'they can be turned off again; whatever uses them by then would stop',
    details: services,
  },
  {
    id: 'role',
    title: 'Custom role',
    why: 'A named list of exactly what the account may do.',
    undo: 'the role can be deleted; its ID stays taken for 37 days',
    details: permissions,
  },
  {
    id: 'account',
    title: 'Account',
    why: 'The service account that your program signs in as.',
    undo: 'the account can be deleted, with all its keys; for 30 days that can be reverted',
    details: [],
  },
  {
    id: 'grant',
    title: 'Grant',
    why: 'One line in the allow policy of the project: this account has this role. Every other line stays as it is.',
    undo: 'the line can be removed; the account then may do nothing here',
    details: [],
  },
  {
    id: 'key',
    title: 'Key',
    why: 'A private key in one file that only you can read. Whoever holds it is the account.',
    undo: 'the key can be deleted, and whoever holds a copy is locked out within minutes',
    details: [],
  },
  {
    id: 'validate',
    title: 'Validate',
    why: 'Signs in as the account, and asks Google permission by permission. It changes nothing.',
    undo: 'nothing to take back: it only asks',
    details: permissions,
  },
];
