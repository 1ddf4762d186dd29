import { defaultWorldFile } from '../../src/simulator/world-file.ts';
import { readWorldFile, type WorldFile } from '../../src/simulator/server.ts';

type Project = WorldFile['projects'][number];

/** The world that ships with the package, and in it more projects like its untouched one, changed as is told. */
export async function worldWith(more: readonly (Partial<Project> & { id: string })[]): Promise<WorldFile> {
  const world = await readWorldFile(defaultWorldFile());
  const untouched = world.projects.find(({ id }) => id === world.project);
  if (untouched === undefined) throw new Error(`the world has no ${world.project}`);
  const made = more.map((project, at) => ({
    ...untouched,
    number: String(400_000_000_000 + at),
    ...project,
  }));
  return { ...world, projects: [...world.projects, ...made] };
}
