import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { printed } from '../print/printable.ts';
import type { ExitName } from '../wizard/exit-codes.ts';
import type { EmbeddedCloud } from './demo/embedded-cloud.ts';
import { openDemo } from './demo/open-demo.ts';
import { stories, type Story } from './demo/stories.ts';
import type { StoryName } from './demo/story-names.ts';
import type { Start } from './wizard/guide.ts';
import type { Source } from './wizard/sign-in.ts';

/** What `iamready demo` takes from the command line. */
export interface DemoFlags {
  /** Play by itself. */
  auto?: boolean;
  /** How much faster it plays by itself; 1 is at reading speed. */
  speed?: number;
  plain?: boolean;
  json?: boolean;
  debug?: boolean;
  /** The file of an asciicast that is made of it. */
  record?: string;
  /** The file of a picture that is made of it. */
  svg?: string;
}

/**
 * `iamready demo`: the wizard on an embedded cloud in a process of its own. In a terminal a person goes through it, or it
 * plays itself; elsewhere it is told in lines. Everything it writes goes to a temporary folder, which is gone when it ends.
 */
export async function demo(name: StoryName, flags: DemoFlags, signal: AbortSignal): Promise<ExitName> {
  const story = stories[name];
  const { record, svg } = flags;
  const recorded = record !== undefined || svg !== undefined;
  if (recorded) await (await import('./demo/recording-files.ts')).checkFiles(flags);
  const opened = await openDemo(story, { ...flags, recorded });
  const { conversation } = opened;
  let folder: string | undefined;
  let cloud: EmbeddedCloud | undefined;
  try {
    conversation.header({ badge: 'simulated' });
    conversation.busy('starting a cloud on this machine');
    // Only then what takes long to load.
    await opened.shown;
    const { startEmbeddedCloud } = await import('./demo/embedded-cloud.ts');
    folder = await mkdtemp(join(tmpdir(), 'iamready-demo-'));
    const [started, { hold }, { callLog }] = await Promise.all([
      startEmbeddedCloud(story.world),
      import('./wizard/hold.ts'),
      import('./debug-log.ts'),
    ]);
    cloud = started;
    conversation.busy(undefined);
    const start = { ...(await begin(story, cloud, folder)), env: opened.env };
    const log = process.stderr.isTTY && opened.drawn ? undefined : callLog(flags);
    const held = await hold({ ...opened, signal }, { ...start, face: opened.face, log });
    const recording = opened.recorder?.done();
    if (recording !== undefined) {
      const { writeRecording } = await import('./demo/recording-files.ts');
      const lines = await writeRecording(recording, flags, { ...story, name });
      process.stdout.write(printed(lines.map((line) => `  ${line}`)));
    }
    // The wall that a story leads to is its good end.
    return 'exit' in held && held.exit !== story.ends ? held.exit : 'done';
  } finally {
    await conversation.close();
    await cloud?.close();
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  }
}

/** What the wizard begins with on this cloud. Nobody can sign in but the people of the story. */
async function begin(story: Story, cloud: EmbeddedCloud, folder: string): Promise<Start> {
  const { endpoint, principals } = cloud;
  const offered = await Promise.all(
    story.people.map(async ({ email, who }, index): Promise<Source> => {
      const token = principals.find((principal) => principal.email === email)?.token;
      if (token === undefined) throw new Error(`the world of this demo has no ${email}`);
      const accessTokenFile = join(folder, `token-${index}`);
      await writeFile(accessTokenFile, token, { mode: 0o600 });
      return { id: email, label: email, columns: [who], choice: { accessTokenFile, principal: email } };
    }),
  );
  return {
    flags: {
      ...story.flags,
      endpoint,
      stateDir: join(folder, 'state'),
    },
    endpoint,
    badge: 'simulated',
    env: process.env,
    home: homedir(),
    cwd: process.cwd(),
    offered,
    keyFile: { value: join(folder, 'keys', 'remotion-sa.json'), source: 'gone when the demo ends' },
    demo: true,
  };
}
