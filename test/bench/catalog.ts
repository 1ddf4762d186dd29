import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { liveOf } from '../../src/catalog/live.ts';
import { searchIndex } from '../../src/catalog/search-index.ts';
import { freshCatalog } from '../../src/commands/fresh-catalog.ts';
import { largeRoles } from '../catalog/large.ts';
import { byTurns, median, percentile } from './measure.ts';
import { peakOf } from './memory.ts';
import { folder, plainEnv, runIamready, runProgram } from './program.ts';
import { memoryRow, ratioRow, shownMs, type Row } from './table.ts';

const ROLES = 2500;
const PERMISSIONS = 14_000;
const MOST_REFRESH_MS = 2000;
const MOST_KEY_MS = 16;

/** `explain` and `catalog refresh` of the built program, and the search behind a picker, at the size of Google's own. */
export async function catalogRows(rounds: number): Promise<Row[]> {
  const roles = largeRoles(ROLES, PERMISSIONS);
  const file = join(folder, 'roles.json');
  await writeFile(file, JSON.stringify({ roles }));
  const refresh = await peakOf((started) =>
    runIamready(['catalog', 'refresh', `--from=${file}`], { started }),
  );
  const times = await byTurns(rounds, {
    node: async () => (await runProgram(process.execPath, ['-e', '0'], { env: plainEnv })).ms,
    explain: async () => (await runIamready(['explain', 'run.jobs.run'])).ms,
  });
  const [explain, bare] = [median(times.explain), median(times.node)];
  const size = `${ROLES.toLocaleString('en')} roles`;
  return [
    ratioRow(
      'explain, with all roles refreshed',
      shownMs(explain),
      `node -e 0: ${shownMs(bare)}`,
      explain / bare,
      {
        most: 2,
      },
    ),
    {
      ...{ what: `catalog refresh --from, ${size}`, measured: shownMs(refresh.ms), against: '', ratio: '' },
      ...{ target: `≤ ${MOST_REFRESH_MS} ms`, met: refresh.ms <= MOST_REFRESH_MS },
    },
    memoryRow(`catalog refresh --from, ${size}, peak memory`, refresh.bytes, 150),
    await searchRow(roles),
  ];
}

async function searchRow(roles: ReturnType<typeof largeRoles>): Promise<Row> {
  const live = liveOf(roles, new Map(), { date: '2026-11-25', from: 'made up' });
  const index = searchIndex(await freshCatalog(), live);
  const typed = [
    'service012.resource3',
    'setIamPolicy',
    'role 24',
    'things99',
    'zzz',
    'create service bucket',
  ];
  const keys = [...typed, ...typed, ...typed].flatMap((text) =>
    Array.from(text, (_, at) => text.slice(0, at + 1)),
  );
  const times = keys.map((words) => {
    const began = performance.now();
    index.find(words, 20);
    return performance.now() - began;
  });
  const p95 = percentile(times, 0.95);
  return {
    what: `search at a keystroke among ${index.size.toLocaleString('en')} names, p95`,
    measured: shownMs(p95),
    against: `median: ${shownMs(median(times))}`,
    ratio: '',
    target: `≤ ${MOST_KEY_MS} ms`,
    met: p95 <= MOST_KEY_MS,
  };
}
