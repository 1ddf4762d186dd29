import { defaultWorldFile } from '../../src/simulator/world-file.ts';
import { readWorldFile, type WorldFile } from '../../src/simulator/server.ts';

type Project = WorldFile['projects'][number];

/** The world that ships with the package, with its untouched project changed. */
export async function worldWhere(change: (project: Project) => Partial<Project>): Promise<WorldFile> {
  const world = await readWorldFile(defaultWorldFile());
  const projects = world.projects.map((project) =>
    project.id === world.project ? { ...project, ...change(project) } : project,
  );
  return { ...world, projects };
}
