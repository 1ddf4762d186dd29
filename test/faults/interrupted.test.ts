import { describe, expect, test, vi } from 'vitest';
import { prepareBoth } from '../commands/cloud.ts';
import { eventsOf, expectPlain, openHome } from '../commands/iamready.ts';

const makesKey = { method: 'POST', path: '*/serviceAccounts/*/keys' };

describe.concurrent('a run that is ended', () => {
  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'by %s while it looks ends at once with 130 and no trace, and has written nothing',
    async (signal) => {
      await using at = await prepareBoth();
      await at.cloud.fault({ path: '/v3/projects/acme-video', then: { kind: 'hang' } });
      const running = at.home.start(at.setup());
      await at.cloud.asked('GET', /^\/v3\/projects\/acme-video$/);
      const began = performance.now();
      running.kill(signal);
      const { exitCode, stdout, stderr } = await running;
      // What it waited for would be given up after ten seconds.
      expect(performance.now() - began).toBeLessThan(8_000);
      expect([exitCode, stdout]).toEqual([130, '']);
      expect(stderr).toMatch(/ interrupted\n.* {4}Next {3}run the same command again to go on from here\n$/s);
      expect(stderr).not.toMatch(/^\s+at /m);
      expectPlain({ exitCode, stdout, stderr });
      expect(await at.home.files()).toEqual(['access-token']);
      expect(await at.cloud.writes()).toEqual([]);
    },
  );

  test('by SIGINT in JSON still ends with a result', async () => {
    await using at = await prepareBoth();
    await at.cloud.fault({ path: '*:setIamPolicy', then: { kind: 'hang' } });
    const running = at.home.start([...at.setup(), '--json']);
    await at.cloud.asked('POST', /:setIamPolicy$/);
    running.kill('SIGINT');
    const { exitCode, stdout, stderr } = await running;
    expect(stderr).toBe('');
    expect(eventsOf({ exitCode, stdout, stderr }).result).toMatchObject({
      exitCode: 130,
      problem: { what: 'interrupted', next: 'run the same command again to go on from here' },
    });
    await at.cloud.mend();
    expect((await at.home.run(at.setup())).exitCode).toBe(0);
  });

  test('as a demo takes its cloud and its folder with it', async () => {
    await using home = await openHome();
    const running = home.start(['demo', '--json'], { TMPDIR: home.folder });
    const printed: string[] = [];
    for await (const line of running) {
      printed.push(line);
      if (printed.length === 3) running.kill('SIGINT');
    }
    const { exitCode } = await running;
    const { events, result } = eventsOf({ exitCode, stdout: `${printed.join('\n')}\n`, stderr: '' });
    expect(result.exitCode).toBe(130);
    const [started] = events;
    if (started?.type !== 'run.started') throw new Error('it began with another event');
    await expect(fetch(`${started.endpoint ?? ''}/_/clock`)).rejects.toThrow();
    expect(await home.files()).toEqual([]);
  });

  test.each([
    ['before the cloud made the key', { kind: 'hang' }, 0],
    ['while the cloud made the key', { kind: 'delay', milliseconds: 3000 }, 1],
  ] as const)('%s leaves exactly one key after the next run', async (_, then, orphans) => {
    await using at = await prepareBoth();
    await at.cloud.fault({ ...makesKey, times: 1, then });
    const running = at.home.start(at.setup());
    await at.cloud.asked('POST', /\/keys$/);
    running.kill('SIGINT');
    expect((await running).exitCode).toBe(130);
    const managed = async () => (await at.cloud.world()).keys.filter(({ type }) => type === 'USER_MANAGED');
    await vi.waitFor(async () => expect(await managed()).toHaveLength(orphans), { timeout: 20_000 });
    expect(await at.home.files()).not.toContain('keys/remotion-sa.json');

    const second = eventsOf(await at.home.run([...at.setup(), '--json']));
    expect(second.result).toMatchObject({ exitCode: 0 });
    const keys = await managed();
    expect(keys).toHaveLength(1);
    expect(JSON.parse(await at.heldKey())).toMatchObject({ private_key_id: keys[0]?.id });
    expect((await at.home.files()).filter((name) => name.startsWith('keys/'))).toEqual([
      'keys/remotion-sa.json',
    ]);
  });
});
