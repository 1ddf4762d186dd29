/** A span of time as people say it: "40 seconds", "3 minutes". @param ms milliseconds */
export function duration(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  if (seconds < 100) return counted(seconds, 'second');
  return counted(Math.round(seconds / 60), 'minute');
}

function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
