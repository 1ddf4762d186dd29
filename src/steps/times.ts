/** A time as people read it, to the minute: "2026-11-26 15:12 UTC". */
export function untilMinute(time: Date): string {
  return `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** A duration in ms as people say it, in its largest whole unit; one day is 24 hours: "7 days", "24 h", "30 min". */
export function inWords(ms: number): string {
  const hours = ms / 3_600_000;
  if (!Number.isInteger(hours)) return `${Math.ceil(ms / 60_000)} min`;
  return hours >= 48 && hours % 24 === 0 ? `${hours / 24} days` : `${hours} h`;
}
