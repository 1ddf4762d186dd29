import * as z from 'zod';
import { invalidArgument } from '../errors.ts';

const anything = z.unknown().optional();
const labels = z.record(z.string(), z.string()).optional();

const Template = z.strictObject({
  revision: z.string().optional(),
  labels,
  annotations: labels,
  scaling: anything,
  vpcAccess: anything,
  timeout: z.string().default('300s'),
  serviceAccount: z.string().optional(),
  containers: z.array(z.looseObject({ image: z.string().default('') })).default([]),
  volumes: anything,
  executionEnvironment: z.string().optional(),
  encryptionKey: z.string().optional(),
  maxInstanceRequestConcurrency: z.int().default(80),
  serviceMesh: anything,
  encryptionKeyRevocationAction: z.string().optional(),
  encryptionKeyShutdownDuration: z.string().optional(),
  sessionAffinity: z.boolean().optional(),
  healthCheckDisabled: z.boolean().optional(),
  nodeSelector: anything,
  gpuZonalRedundancyDisabled: z.boolean().optional(),
  client: z.string().optional(),
  clientVersion: z.string().optional(),
  workloadIdentityConfig: anything,
});

/** The fields that an owner sets, besides the template, with the defaults that were recorded. */
const SETTABLE = {
  annotations: labels,
  labels,
  description: z.string().optional(),
  client: z.string().optional(),
  clientVersion: z.string().optional(),
  ingress: z.string().default('INGRESS_TRAFFIC_ALL'),
  launchStage: z.string().default('GA'),
  binaryAuthorization: anything,
  buildConfig: anything,
  traffic: z.array(anything).default([{ type: 'TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST', percent: 100 }]),
  scaling: anything,
  multiRegionSettings: anything,
  customAudiences: z.array(z.string()).optional(),
  defaultUriDisabled: z.boolean().optional(),
  invokerIamDisabled: z.boolean().optional(),
  iapEnabled: z.boolean().optional(),
  sshEnabled: z.boolean().optional(),
  functionalType: z.string().optional(),
};

const OUTPUT = [
  'name uid generation createTime updateTime deleteTime expireTime creator lastModifier observedGeneration',
  'terminalCondition conditions latestReadyRevision latestCreatedRevision trafficStatuses uri urls reconciling',
  'satisfiesPzs threatDetectionEnabled',
].flatMap((line) => line.split(' '));

/** A service as clients send it; what only Google sets is accepted and ignored. */
export const ServiceBody = z.strictObject({
  ...SETTABLE,
  ...Object.fromEntries(OUTPUT.map((name) => [name, anything])),
  etag: z.string().optional(),
  template: Template.optional(),
});

/** What a client set of a service: its own fields, and the template, which it must have ([U] the texts). */
export function readFields(body: z.infer<typeof ServiceBody>): {
  fields: Readonly<Record<string, unknown>>;
  template: z.infer<typeof Template>;
} {
  const { template } = body;
  if (!template?.containers.length)
    throw invalidArgument('template.containers: must contain at least one container.');
  if (template.containers.some(({ image }) => image === ''))
    throw invalidArgument('template.containers[0].image: must not be empty.');
  const sent = new Map(Object.entries(body));
  const fields = Object.fromEntries(Object.keys(SETTABLE).map((name) => [name, sent.get(name)]));
  return { fields, template };
}
