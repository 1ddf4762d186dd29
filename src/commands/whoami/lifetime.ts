/** When a token ends, for people: "ends at 22:45 UTC, in 58 min". */
export function lifetime({ at, inMs }: { at: Date; inMs: number }): string {
  const minutes = Math.floor(inMs / 60_000);
  const time = `${at.toISOString().slice(11, 16)} UTC`;
  return minutes < 1 ? `ends at ${time}, in less than a minute` : `ends at ${time}, in ${minutes} min`;
}
