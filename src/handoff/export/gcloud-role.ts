import { quoted, type Word } from '../shell-line.ts';
import type { HandoverRole } from './handover.ts';
import { comment, type Script } from './script-text.ts';

const quiet = '--format=none';

/** The function `make_role`: makes the role, restores it, or gives it back what it lacks. `fresh` is set where it is new. */
export function writeRole(script: Script, role: HandoverRole, project: string): void {
  const { id, title, description, stage, permissions, without, moved, exact, retitled } = role;
  const roles = (verb: string, ...flags: Word[]) => [
    ...['gcloud', 'iam', 'roles', verb, id, `--project=${project}`],
    ...flags,
  ];
  const update = (flag: Word) => script.run(roles('update', flag, quiet));
  const change = (verb: 'add' | 'remove', variable: string) =>
    script.block(
      `if [ -n "$${variable}" ]; then`,
      () => {
        script.line(`list=$(commas "$${variable}")`);
        update([`--${verb}-permissions=`, { variable: 'list' }]);
      },
      'fi',
    );
  const mend = () => {
    script
      .block(
        `if [ "$(printf '%s\\n' "$found" | sed -n 1p)" = True ]; then`,
        () => script.run(roles('undelete', quiet)).line('fresh=yes'),
        'fi',
      )
      .block(
        `if [ "$(printf '%s\\n' "$found" | sed -n 2p)" = DISABLED ]; then`,
        () => update(`--stage=${stage}`),
        'fi',
      );
    if (retitled) update(`--title=${title}`);
    script
      .line(`held=$(printf '%s\\n' "$found" | sed -n 3p | tr ';' '\\n')`)
      .line('lacking=$(minus "$wanted" "$held")')
      .line('if [ -n "$lacking" ]; then lacking=$(taken "$lacking"); fi');
    change('add', 'lacking');
    if (!exact && moved === undefined) return;
    script.line('# What others added stays, but for this.');
    if (exact) script.line('extra=$(minus "$held" "$wanted")');
    else script.line(`extra=$(printf '%s\\n' "$held" | grep -Fx -e ${quoted(moved ?? '')} || :)`);
    change('remove', 'extra');
  };
  const make = () => {
    script
      .line('valid=$(taken "$wanted")')
      .line('list=$(commas "$valid")')
      .run([
        'again',
        ...roles(
          'create',
          ...[`--title=${title}`, `--stage=${stage}`],
          ...(description === undefined ? [] : [`--description=${description}`]),
          ['--permissions=', { variable: 'list' }],
          quiet,
        ),
      ]);
    script.line('fresh=yes');
  };

  script.line('# The custom role: exactly what the account may do.');
  for (const { name } of without)
    script.line(comment(`${name} is left out: somebody chose to do without it.`));
  script
    .block(
      'make_role() {',
      () => {
        script
          .line(`wanted=${quoted(permissions.map(({ name }) => name).join('\n'))}`)
          .run(roles('describe', '--format=value[separator="\\n"](deleted,stage,includedPermissions)'), {
            before: 'if found=$(',
            after: ' 2>/dev/null); then',
          });
        script.inner(mend).line('else').inner(make).line('fi');
      },
      '}',
    )
    .line();
  writeLists(script, project);
}

function writeLists(script: Script, project: string): void {
  const resource = `//cloudresourcemanager.googleapis.com/projects/${project}`;
  const testable = [
    ...['again', 'gcloud', 'iam', 'list-testable-permissions', resource],
    ...['--filter=customRolesSupportLevel!=NOT_SUPPORTED', '--format=value(name)'],
  ];
  script
    .line(
      '# Permissions come and go: the lines of $1 that Google takes in a custom role here; the others are told.',
    )
    .block(
      'taken() {',
      () =>
        script
          .run(testable, { before: 'testable=$(', after: ') || exit' })
          .line('refused=$(minus "$1" "$testable")')
          .line(
            'if [ -n "$refused" ]; then say "left out, since Google does not take it here:" "$refused"; fi',
          )
          .line('minus "$1" "$refused"'),
      '}',
    )
    .line()
    .block('commas() {', () => script.line(`printf '%s' "$1" | tr '\\n' ,`), '}')
    .line();
}
