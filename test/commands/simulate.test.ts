import { existsSync, readFileSync, statSync } from 'node:fs';
import { execa } from 'execa';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { bin } from './iamready.ts';

const Ready = z.strictObject({
  v: z.literal(1),
  type: z.literal('simulator.ready'),
  endpoint: z.string().regex(/^http:\/\/127\.0\.0\.1:\d+$/),
  token: z.string(),
  project: z.literal('acme-video'),
  principals: z.array(z.strictObject({ email: z.email(), token: z.string() })),
});

function run(...flags: string[]) {
  const child = execa(process.execPath, [bin, 'simulate', ...flags], { reject: false });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

/** The first lines that the command prints, as many as asked for. */
async function firstLines(child: ReturnType<typeof run>, count: number): Promise<string[]> {
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  await expect.poll(() => text.split('\n').length).toBeGreaterThan(count);
  return text.split('\n').slice(0, count);
}

test('one line of JSON says where it listens; a signal ends it with 0', async () => {
  const child = run();
  const [line = ''] = await firstLines(child, 1);
  const ready = Ready.parse(JSON.parse(line));
  expect(ready.principals).toContainEqual({
    email: 'vera@acme.com',
    token: 'ya29.simulated-vera-the-viewer',
  });
  expect(ready.principals[0]).toEqual({ email: 'ada@acme.com', token: ready.token });
  const response = await fetch(`${ready.endpoint}/v1/projects/${ready.project}`, {
    headers: { authorization: `Bearer ${ready.token}` },
  });
  expect(response.status).toBe(200);
  child.kill('SIGTERM');
  expect(await child).toMatchObject({ exitCode: 0, stdout: line, stderr: '' });
});

test('--print-env prints exports and keeps the token in a private file that goes with it', async () => {
  const child = run('--print-env');
  const printed = await firstLines(child, 20);
  const variables = new Map(
    printed.flatMap((line) => {
      const { name, value } = /^export (?<name>\w+)='(?<value>.*)'$/.exec(line)?.groups ?? {};
      return name && value !== undefined ? [[name, value] as const] : [];
    }),
  );
  expect(printed[0]).toMatch(/^# /);
  expect(variables.size).toBe(printed.length - 1);
  const file = variables.get('CLOUDSDK_AUTH_ACCESS_TOKEN_FILE') ?? '';
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(variables.get('CLOUDSDK_CONFIG') ?? '').isDirectory()).toBe(true);
  const token = readFileSync(file, 'utf8');
  expect(printed.join('\n')).not.toContain(token);
  expect(variables.get('CLOUDSDK_API_ENDPOINT_OVERRIDES_IAM')).toBe(
    `${variables.get('IAMREADY_ENDPOINT') ?? ''}/`,
  );
  child.kill('SIGTERM');
  expect((await child).exitCode).toBe(0);
  expect(existsSync(file)).toBe(false);
});
