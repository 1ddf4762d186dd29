import { widthOf } from '../../src/print/width.ts';
import type { Progress } from '../../src/wizard/node.ts';
import type { Change, Check } from '../../src/wizard/step.ts';
import type { Line } from '../line.ts';
import { blank, bold, grid, indented, span, wrapped, textLines, type Room } from './layout.ts';
import { seconds } from './time.ts';

/** Rows of permissions that a panel holds without scrolling, where its height is not known. */
const usualRows = 12;

/** What stands above the permissions at most, in a room of usual width. */
const headRows = 5;

/** A validation that goes on. Times in ms. */
export interface Checking {
  changes: readonly Change[];
  progress: Progress;
  elapsedMs: number;
}

/** Permissions as Google comes to agree, one by one; those still to come go first where not all may be in sight. */
export function checkLines({ changes, progress, elapsedMs }: Checking, room: Room): Line[] {
  const { states } = room.marks;
  const checks = progress.checks ?? [];
  const granted = checks.filter(({ ok }) => ok).length;
  const who = changes[0]?.name.split('@', 1)[0];
  const signedIn = `Signed in${who === undefined ? '' : ` as ${who}`}.`;
  const short = `${granted} of ${checks.length} granted, ${seconds(elapsedMs)}`;
  const long = `${short}, usually ${seconds(progress.usuallyMs)}.`;
  const far = widthOf(long) <= room.width ? long : `${short}.`;
  const isOne = widthOf(`${signedIn} ${far}`) <= room.width;
  const lines = (order: typeof checks): Line[] => [
    ...grid(
      order
        .filter(({ cause }) => cause === undefined)
        .map(({ name, ok }) =>
          ok
            ? { mark: span(states.ready, 'good'), text: name }
            : { mark: span(states.settling, 'accent'), text: name },
        ),
      room,
    ),
    ...causeLines(order, room),
  ];
  const inOrder = lines(checks);
  const rows = room.height === undefined ? usualRows : room.height - headRows;
  const waitingFirst = checks.toSorted((one, other) => Number(one.ok) - Number(other.ok));
  return [
    ...(isOne ? [`${signedIn} ${far}`] : [...wrapped(signedIn, room.width), ...wrapped(far, room.width)]).map(
      (text) => [bold(text)],
    ),
    ...textLines(`Waiting for ${progress.waitingFor}.`, room.width, 'dim'),
    blank,
    ...(inOrder.length > rows ? lines(waitingFirst) : inOrder),
  ];
}

/** What was found to stand in the way, below the permissions that it keeps away. */
function causeLines(checks: readonly Check[], room: Room): Line[] {
  const { states } = room.marks;
  const found = checks.filter(({ ok, cause }) => !ok && cause !== undefined);
  const inner = { ...room, width: room.width - widthOf(states.blocked) - 1 };
  return [...Map.groupBy(found, ({ cause }) => cause)].flatMap(([cause = '', group]) => [
    ...group.map(({ name }): Line => [span(states.blocked, 'attention'), span(` ${name}`)]),
    ...indented(
      [...textLines(cause, inner.width), ...textLines(group[0]?.remedy ?? '', inner.width, 'dim')],
      widthOf(states.blocked) + 1,
    ),
  ]);
}
