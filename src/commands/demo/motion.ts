import type { Piece } from './pieces.ts';

/**
 * The style sheet that shows each piece (`.f0`, `.f1`, …) at its times, again and again; a line (`.line`) grows meanwhile. All
 * stands still where the pointer is. Without it, or where less motion is wanted, the pieces that are `.still` are seen.
 * @param seconds how long it plays
 */
export function motion(pieces: readonly Piece[], seconds: number): string {
  const still = '.f{visibility:hidden}.still{visibility:visible}.line{display:none}';
  const rules = pieces.map(({ times }, at) => keyframes(`f${at}`, times, seconds));
  const plays = pieces.map((_, at) => `.f${at}{animation-name:f${at}}`).join('');
  return [
    still,
    '@media (prefers-reduced-motion:no-preference){',
    `.f{animation:${seconds}s step-end infinite}.still{visibility:hidden}`,
    plays,
    `.line{display:inline;transform-origin:0 0;animation:line ${seconds}s linear infinite}`,
    'svg:hover .f,svg:hover .line{animation-play-state:paused}',
    '}',
    '@keyframes line{from{transform:scaleX(0)}}',
    ...rules,
  ].join('');
}

function keyframes(name: string, times: Piece['times'], seconds: number): string {
  const at = (time: number): string => `${Number(((100 * time) / seconds).toFixed(3))}%`;
  const begins = times[0]?.[0] === 0;
  const steps = times.flatMap(([from, to]) => [
    `${at(from)}{visibility:visible}`,
    ...(to < seconds - 0.001 ? [`${at(to)}{visibility:hidden}`] : []),
  ]);
  return `@keyframes ${name}{${begins ? '' : '0%{visibility:hidden}'}${steps.join('')}}`;
}
