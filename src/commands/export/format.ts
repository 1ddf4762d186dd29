import type { EnvFormat } from '../../handoff/env-form.ts';
import type { Handover } from '../../handoff/export/handover.ts';
import type { Standing } from '../../handoff/export/standing.ts';
import { usage } from '../usage.ts';
import type { Wanted } from './look-up.ts';

/** What a set-up can be handed over as. */
export const exportFormats = [
  ...(['gcloud', 'terraform', 'config-connector'] as const),
  ...(['github-actions', 'env', 'json'] as const),
] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** How a format is written. */
export interface Writer {
  /** What it has to know of the cloud; absent: nothing, so nobody signs in for it. */
  looks?: Wanted;
  /** True if it cannot be written without what is not known of this one: a number that names in it hold. */
  lacks?(handover: Handover): boolean;
  /** @throws ProblemError for what the format cannot say */
  write(handover: Handover, standing: Standing, envFormat: EnvFormat | undefined): string;
}

/** Loads what writes each format. */
export const writers: Readonly<Record<ExportFormat, () => Promise<Writer>>> = {
  gcloud: async () => {
    const { gcloudScript } = await import('../../handoff/export/gcloud.ts');
    return { write: gcloudScript };
  },
  terraform: async () => {
    const { terraformText } = await import('../../handoff/export/terraform.ts');
    return { looks: 'standing', write: terraformText };
  },
  'config-connector': async () => {
    const { configConnector, lacksNumbers } = await import('../../handoff/export/config-connector.ts');
    return { looks: 'facts', lacks: lacksNumbers, write: configConnector };
  },
  'github-actions': async () => {
    const { workflowText } = await import('../../handoff/export/workflow.ts');
    return {
      looks: 'facts',
      lacks: ({ project }) => project.number === undefined,
      write: (handover) => workflowText(handover, githubOf(handover), handover.project.number ?? ''),
    };
  },
  env: async () => {
    const { envExport } = await import('../../handoff/export/env.ts');
    return {
      write(handover, _standing, envFormat) {
        const made = envExport(handover, envFormat);
        if (made.kind === 'text') return made.text;
        throw usage(made.trouble.what, made.trouble.next);
      },
    };
  },
  json: () =>
    Promise.resolve({ looks: 'facts', write: (handover) => `${JSON.stringify(handover, undefined, 2)}\n` }),
};

/** @throws ProblemError where workflows are not let in */
export function githubOf({ access, account }: Handover) {
  if (access.kind === 'github') return access;
  throw usage(
    `no workflow signs in as ${account.email}: it is set up ${access.kind === 'key' ? 'with a key' : 'for another way without a key'}`,
    'let workflows in: add --keyless=github --repository=OWNER/NAME, here and once with iamready setup',
  );
}
