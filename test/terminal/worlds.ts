import { defaultWorldFile } from '../../src/simulator/world-file.ts';
import { readWorldFile, type WorldFile } from '../../src/simulator/server.ts';

type Project = WorldFile['projects'][number];

/**
 * A world that ships with the package, the usual one unless another is named, and in it more projects like the one it is
 * about, changed as is told.
 */
export async function worldWith(
  more: readonly (Partial<Project> & { id: string })[],
  file = defaultWorldFile(),
): Promise<WorldFile> {
  const world = await readWorldFile(file);
  const untouched = world.projects.find(({ id }) => id === world.project);
  if (untouched === undefined) throw new Error(`the world has no ${world.project}`);
  const made = more.map((project, at) => ({
    ...untouched,
    number: String(400_000_000_000 + at),
    ...project,
  }));
  return { ...world, projects: [...world.projects, ...made] };
}
