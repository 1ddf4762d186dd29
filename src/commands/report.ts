import { labelled } from '../print/layout.ts';
import { printed } from '../print/printable.ts';
import type { ExitName } from '../wizard/exit-codes.ts';
import type { GraphFlags } from './graph.ts';
import { looking } from './look.ts';
import { regionsAnswer } from './regions-answer.ts';
import { reportData } from './report-data.ts';
import { refuseForeign, writeReport } from './report-file.ts';
import { unanswered } from './usage.ts';
import { written } from './written.ts';

/** What `iamready report` takes from the command line. */
export type ReportFlags = Omit<GraphFlags, 'mermaid' | 'all'> & {
  /** The page that is written. */
  html?: string;
  /** The file that is written; `true`: stdout. */
  markdown?: string | true;
};

/**
 * `iamready report`: one page for the people who review access: who can use the account, what it may do and why, what
 * differs, what is a risk and what ends it. Changes nothing but the files that it is told to write.
 * @throws ProblemError where nothing was named to write, or it cannot be; CloudError, CredentialsError
 */
export async function report(
  flags: ReportFlags,
  { out, err }: { out: NodeJS.WritableStream; err: NodeJS.WritableStream },
  signal: AbortSignal,
): Promise<ExitName> {
  const { html, markdown } = flags;
  if (html === undefined && markdown === undefined)
    throw unanswered(
      'in which form?',
      'name a file: --html=report.html, or --markdown=report.md; --markdown alone prints it',
    );
  regionsAnswer(flags);
  const files = [
    ...(html === undefined ? [] : [{ file: html, flag: '--html' }]),
    ...(typeof markdown === 'string' ? [{ file: markdown, flag: '--markdown' }] : []),
  ];
  // Nobody waits for what cannot be kept.
  for (const { file, flag } of files) await refuseForeign(file, flag);
  const data = await looking(flags, signal, (at, ends) => reportData(at, flags, ends));
  const [{ reportPage }, { reportMarkdown }] = await Promise.all([
    import('../handoff/report/page.ts'),
    import('../handoff/report/markdown.ts'),
  ]);
  if (html !== undefined) await writeReport(html, '--html', reportPage(data));
  if (typeof markdown === 'string') await writeReport(markdown, '--markdown', reportMarkdown(data));
  if (markdown === true) await written(out, reportMarkdown(data));
  const { risks, drift } = data;
  const high = risks.filter(({ level }) => level === 'high').length;
  const says = [
    ...files.map(({ file }) => `Wrote ${file}.`),
    `${risks.length} ${risks.length === 1 ? 'risk' : 'risks'}, ${high} high; ${drift.inSync ? 'in sync with the profile' : 'not in sync with the profile'}.`,
  ];
  await written(err, printed(['', ...says.flatMap((each) => labelled('', each, 0, 80)), '']));
  return 'done';
}
