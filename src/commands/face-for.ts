import type { Face } from '../faces/face.ts';
import { jsonFace } from '../faces/json/json-face.ts';
import { textFace } from '../faces/text/text-face.ts';

/**
 * The face that a run without a screen wears: events for `--json`, else lines. Where the run is itself the result, as in
 * a demo, all of it goes to stdout.
 */
export function faceFor({ json }: { json?: boolean }, progress: NodeJS.WriteStream = process.stderr): Face {
  if (json === true) return jsonFace(process.stdout);
  return textFace({ out: process.stdout, err: progress, env: process.env, width: lineWidth() });
}

/** The columns that lines may fill. stdout and stderr may be terminals, one, or none; the narrower of those that are decides. */
export function lineWidth(): number {
  const columns = [process.stdout, process.stderr]
    .filter(({ isTTY }) => isTTY)
    .map((stream) => stream.columns);
  return Math.max(30, Math.min(100, ...(columns.length > 0 ? columns : [80])));
}
