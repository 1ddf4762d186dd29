import { arch, cpus, loadavg, release, totalmem, type } from 'node:os';

/** What the numbers were measured on, in lines of Markdown. No name of the machine or of a person. */
export function machineLines(loadBefore: readonly number[]): string[] {
  const [cpu] = cpus();
  const load = (averages: readonly number[]): string => (averages[0] ?? 0).toFixed(1);
  return [
    `- ${new Date().toISOString().slice(0, 10)}`,
    `- ${cpu?.model.trim() ?? 'unknown processor'}, ${cpus().length} cores, ${(totalmem() / 2 ** 30).toFixed(1)} GiB of memory`,
    `- ${type()} ${release().replace(/-.*/, '')} (${arch()}), Node ${process.version.slice(1)}`,
    `- load average of the minute before: ${load(loadBefore)}; of the last minute: ${load(loadavg())}`,
  ];
}
