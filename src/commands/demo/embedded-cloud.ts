import { createInterface } from 'node:readline';
import { execa, type ResultPromise } from 'execa';
import * as z from 'zod';

const Ready = z.object({
  endpoint: z.string(),
  project: z.string(),
  principals: z.array(z.object({ email: z.string(), token: z.string() })),
});

/** An embedded cloud in a process of its own: where it is, and who can sign in there. */
export interface EmbeddedCloud extends z.infer<typeof Ready> {
  /** Ends it; resolves when it is gone. */
  close(): Promise<void>;
}

/**
 * Starts an embedded cloud with one of the built-in worlds. Its replicas lag as Google's do, on a clock that runs sixty
 * times faster: a minute of waiting takes a second.
 */
export async function startEmbeddedCloud(world: string): Promise<EmbeddedCloud> {
  const args = [thisProgram(), 'simulate', `--world=${world}`, '--lag=typical', '--clock-speed=60'];
  const cloud = execa(process.execPath, args, {
    stdin: 'ignore',
    // A screen may be drawn here: the cloud may not write into it.
    stderr: 'ignore',
    buffer: false,
    cleanup: true,
    reject: false,
  });
  const close = async (): Promise<void> => {
    cloud.kill();
    await cloud;
  };
  try {
    return { ...(await readyLine(cloud)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

function thisProgram(): string {
  const [, program] = process.argv;
  if (program === undefined) throw new Error('not started as a program');
  return program;
}

async function readyLine(
  cloud: Pick<ResultPromise<{ buffer: false }>, 'stdout'>,
): Promise<z.infer<typeof Ready>> {
  // Leaving execa's own iteration waits for the process to end; a reader of lines does not.
  for await (const line of createInterface(cloud.stdout)) return Ready.parse(JSON.parse(line));
  throw new Error('the embedded cloud ended before it was ready');
}
