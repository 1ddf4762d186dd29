import { quoted } from '../shell-line.ts';
import { writeLines } from './gcloud-grants.ts';
import { writeGithub } from './gcloud-github.ts';
import type { Handover } from './handover.ts';
import type { Script } from './script-text.ts';

type AccessOf<Kind> = Extract<Handover['access'], { kind: Kind }>;

/** The function `give_access`: how programs sign in as the account. */
export function writeAccess(script: Script, handover: Handover): void {
  const { access } = handover;
  switch (access.kind) {
    case 'key':
      writeKey(script, handover, access);
      break;
    case 'impersonation':
      writeImpersonation(script, handover, access);
      break;
    case 'github':
      writeGithub(script, handover, access);
      break;
    case 'attached':
      writeAttached(script, handover, access);
  }
}

function writeKey(
  script: Script,
  { project, account }: Handover,
  { file, belowKeys }: AccessOf<'key'>,
): void {
  script
    .line('# A key, in a file that only you can read, unless there is one.')
    .block(
      'give_access() {',
      () => {
        if (belowKeys === undefined) script.line(`key_file=${quoted(file)}`);
        else
          script
            .line('case $(uname -s) in')
            .line('  Darwin) key_file="$HOME/Library/Application Support" ;;')
            .line('  *) key_file="${XDG_CONFIG_HOME:-$HOME/.config}" ;;')
            .line('esac')
            .line(`key_file=$key_file/iamready/keys/${quoted(belowKeys)}`);
        script
          .block(
            'if [ -e "$key_file" ]; then',
            () => script.line('say "Kept the key in $key_file."').line('return'),
            'fi',
          )
          .line('umask 077')
          .line('mkdir -p "${key_file%/*}"')
          .line('if git -C "${key_file%/*}" rev-parse --is-inside-work-tree >/dev/null 2>&1 &&')
          .block(
            '  ! git -C "${key_file%/*}" check-ignore -q "$key_file"; then',
            () =>
              script.line(
                'fail "$key_file is in a git work tree and not ignored: add it to .gitignore first."',
              ),
            'fi',
          )
          .line('# Whole or not at all: a file that is there is never written to again.')
          .run([
            ...['again', 'gcloud', 'iam', 'service-accounts', 'keys', 'create'],
            [{ variable: 'key_file' }, '.part'],
            ...[`--iam-account=${account.email}`, `--project=${project.id}`],
          ])
          .line('mv "$key_file.part" "$key_file"');
      },
      '}',
    )
    .line();
}

function writeImpersonation(
  script: Script,
  { project, account }: Handover,
  { member, role }: AccessOf<'impersonation'>,
): void {
  const place = { kind: 'account', id: account.email } as const;
  const login = `gcloud auth application-default login --impersonate-service-account=${account.email}`;
  script
    .line('# Without a key: somebody may act as the account.')
    .block(
      'give_access() {',
      () => {
        writeLines(script, [{ role, member }], place, project.id);
        script.run(['say', `To act as the account: ${login}`]);
      },
      '}',
    )
    .line();
}

function writeAttached(
  script: Script,
  { project, account }: Handover,
  { region, service }: AccessOf<'attached'>,
): void {
  const there = [`--region=${region}`, `--project=${project.id}`];
  const flag = `--service-account=${account.email}`;
  const services = ['gcloud', 'run', 'services'];
  script
    .line('# Without a key: the service runs as the account.')
    .block(
      'give_access() {',
      () =>
        script
          .run(
            [
              ...[...services, 'describe', service, ...there],
              '--format=value(spec.template.spec.serviceAccountName)',
            ],
            { before: 'if runs_as=$(', after: ' 2>/dev/null); then' },
          )
          .inner(() =>
            script.block(
              `if [ "$runs_as" != ${quoted(account.email)} ]; then`,
              () => script.run(['again', ...services, 'update', service, ...there, flag, '--format=none']),
              'fi',
            ),
          )
          .line('else')
          .inner(() =>
            script.run(['say', `${region}/${service} is not deployed yet; deploy it with ${flag}`]),
          )
          .line('fi'),
      '}',
    )
    .line();
}
