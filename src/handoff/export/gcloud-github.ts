import { quoted, type Word } from '../shell-line.ts';
import { askNumber, writeLines } from './gcloud-grants.ts';
import type { GithubAccess, Handover } from './handover.ts';
import type { Script } from './script-text.ts';

/** The function `give_access` where workflows act as the account: pool, provider, and the line that lets them. */
export function writeGithub(script: Script, { project, account }: Handover, access: GithubAccess): void {
  const { pool, provider, repository, role } = access;
  const where = [`--project=${project.id}`, '--location=global'];
  const pools = ['gcloud', 'iam', 'workload-identity-pools'];
  const providers = (verb: string, ...flags: Word[]) => [
    ...[...pools, 'providers', verb, provider.id, ...where, `--workload-identity-pool=${pool.id}`],
    ...flags,
  ];
  const mapping = Object.entries(provider.attributeMapping).map(([key, value]) => `${key}=${value}`);
  const member: Word = [
    'principalSet://iam.googleapis.com/projects/',
    { variable: 'number' },
    `/locations/global/workloadIdentityPools/${pool.id}/attribute.repository/${repository}`,
  ];
  script
    .line('# Without a key: GitHub vouches for workflows of one repository, and they may act as the account.')
    .block(
      'give_access() {',
      () => {
        askNumber(script, project.id);
        script
          .run([...pools, 'describe', pool.id, ...where, '--format=value[separator=" "](state,disabled)'], {
            before: 'if state=$(',
            after: ' 2>/dev/null); then',
          })
          .inner(() =>
            script
              .line('case $state in')
              .line(
                '  DELETED*) fail "Somebody has deleted the pool; iamready setup --pool=ID takes another." ;;',
              )
              .line(
                '  *True) fail "Somebody has disabled the pool; iamready setup --pool=ID takes another." ;;',
              )
              .line('esac'),
          )
          .line('else')
          .inner(() =>
            script
              .run([
                ...[...pools, 'create', pool.id, ...where],
                ...[`--display-name=${pool.displayName}`, `--description=${pool.description}`],
                '--format=none',
              ])
              .line('fresh=yes'),
          )
          .line('fi');
        script
          .run(providers('describe', '--format=value(attributeCondition)'), {
            before: 'if condition=$(',
            after: ' 2>/dev/null); then',
          })
          .inner(() =>
            script.block(
              `if [ "$condition" != ${quoted(provider.attributeCondition)} ]; then`,
              () => script.line('say "The provider is there, and lets in others: $condition"'),
              'fi',
            ),
          )
          .line('else')
          .inner(() =>
            script
              .run([
                'again',
                ...providers(
                  ...(['create-oidc', `--display-name=${provider.displayName}`] as const),
                  ...[`--description=${provider.description}`, `--issuer-uri=${provider.issuerUri}`],
                  ...[`--attribute-mapping=${mapping.join(',')}`],
                  `--attribute-condition=${provider.attributeCondition}`,
                  '--format=none',
                ),
              ])
              .line('fresh=yes'),
          )
          .line('fi');
        writeLines(script, [{ role, member }], { kind: 'account', id: account.email }, project.id);
      },
      '}',
    )
    .line();
}
