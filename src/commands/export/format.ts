import type { Handover } from '../../handoff/export/handover.ts';

/** What a set-up can be handed over as. */
export const exportFormats = ['gcloud'] as const;
export type ExportFormat = (typeof exportFormats)[number];

type Write = (handover: Handover) => string;

/** Loads what writes each format. */
export const writers: Readonly<Record<ExportFormat, () => Promise<Write>>> = {
  gcloud: async () => (await import('../../handoff/export/gcloud.ts')).gcloudScript,
};
