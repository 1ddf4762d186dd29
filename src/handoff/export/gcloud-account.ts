import type { Handover } from './handover.ts';
import type { Script } from './script-text.ts';

/** The function `make_account`: makes the account, or enables it. `fresh` is set where it is new. */
export function writeAccount(script: Script, { project, account }: Handover): void {
  const { id, email, displayName, description, renamed } = account;
  const accounts = (verb: string, name: string, ...flags: string[]) => [
    ...['gcloud', 'iam', 'service-accounts', verb, name, `--project=${project.id}`],
    ...flags,
  ];
  const keep = () => {
    script.block(
      'if [ "$disabled" = True ]; then',
      () => script.run(accounts('enable', email, '--format=none')),
      'fi',
    );
    if (renamed) script.run(accounts('update', email, `--display-name=${displayName}`, '--format=none'));
  };
  const make = () =>
    script
      .run([
        'again',
        ...accounts(
          ...(['create', id, `--display-name=${displayName}`] as const),
          ...(description === undefined ? [] : [`--description=${description}`]),
          '--format=none',
        ),
      ])
      .line('fresh=yes');
  script
    .line('# The account that your program signs in as.')
    .block(
      'make_account() {',
      () =>
        script
          .run(accounts('describe', email, '--format=value(disabled)'), {
            before: 'if disabled=$(',
            after: ' 2>/dev/null); then',
          })
          .inner(keep)
          .line('else')
          .inner(make)
          .line('fi'),
      '}',
    )
    .line();
}
