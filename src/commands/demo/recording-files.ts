import { chmod, open, rename, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { duration } from '../../print/layout.ts';
import { withPart } from '../../wizard/write-whole.ts';
import { shown } from '../shown.ts';
import { usage } from '../usage.ts';
import type { Recording } from './recorder.ts';
import type { Story } from './stories.ts';

/** Which files a recording goes to. */
export interface RecordingFiles {
  /** An asciicast. */
  record?: string | undefined;
  /** A picture that plays. */
  svg?: string | undefined;
}

/** What the beginning of a file says that was made here, or by other recorders: only such a file is replaced. */
const beginnings: Readonly<Record<keyof RecordingFiles, RegExp>> = {
  record: /^\{"version": ?\d/u,
  svg: /^<svg /u,
};

/** Finds out before the play what would only be found after it. @throws ProblemError a file that cannot be written, or is another one */
export async function checkFiles(files: RecordingFiles): Promise<void> {
  for (const [kind, flag] of [
    ['record', '--record'],
    ['svg', '--svg'],
  ] as const) {
    const file = files[kind];
    if (file === undefined) continue;
    const folder = await stat(dirname(resolve(file))).catch(() => undefined);
    if (folder?.isDirectory() !== true)
      throw usage(`${flag}: there is no folder for ${shown(file)}`, 'name a file in a folder that is there');
    const begins = await beginningOf(file, flag);
    if (begins !== undefined && begins !== '' && !beginnings[kind].test(begins))
      throw usage(
        `${flag}: ${shown(file)} is there, and is no recording`,
        'name another file, or move that one away',
      );
  }
}

async function beginningOf(file: string, flag: string): Promise<string | undefined> {
  try {
    await using handle = await open(file);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(32), 0, 32, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    if (code === 'ENOENT') return undefined;
    throw usage(`${flag}: ${shown(file)} cannot be read (${code})`, 'name a file that is yours');
  }
}

/** Writes each file whole. @returns a line for each, for people @throws ProblemError */
export async function writeRecording(
  recording: Recording,
  files: RecordingFiles,
  story: Story & { name: string },
): Promise<string[]> {
  const { columns, rows, seconds } = recording;
  const size = `${columns} by ${rows}, ${duration(seconds * 1000)}`;
  const command = story.name === 'first' ? 'iamready demo' : `iamready demo ${story.name}`;
  const lines: string[] = [];
  if (files.record !== undefined) {
    const { castOf } = await import('./cast.ts');
    const text = castOf(recording, command);
    await put(files.record, text, '--record');
    lines.push(
      `Recorded ${files.record} (${size}, ${kilobytes(text)}).`,
      `Play it: asciinema play ${files.record}`,
    );
  }
  if (files.svg !== undefined) {
    const [{ framesOf }, { svgOf }] = await Promise.all([import('./frames.ts'), import('./svg.ts')]);
    const text = svgOf(await framesOf(recording), recording, {
      bar: command,
      title: `${command}, in a terminal`,
      desc: [
        story.about,
        ...Object.values(story.script)
          .flat()
          .map(({ says }) => says),
      ].join(' '),
    });
    await put(files.svg, text, '--svg');
    lines.push(`Drew ${files.svg} (${size}, ${kilobytes(text)}). Any browser plays it.`);
  }
  return lines;
}

const kilobytes = (text: string): string => `${Math.ceil(Buffer.byteLength(text) / 1000)} kB`;

/** For all who may read what this person makes: there is no secret in it. */
async function put(file: string, text: string, flag: string): Promise<void> {
  try {
    await withPart(file, text, async (part) => {
      await chmod(part, 0o644);
      await rename(part, file);
    });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw usage(
      `${flag}: ${shown(file)} cannot be written (${code})`,
      'name a file in a folder that is yours',
    );
  }
}
