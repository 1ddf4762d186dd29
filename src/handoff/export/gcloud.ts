import { writeAccess } from './gcloud-access.ts';
import { writeAccount } from './gcloud-account.ts';
import { writeGrants } from './gcloud-grants.ts';
import { writeRole } from './gcloud-role.ts';
import type { Handover } from './handover.ts';
import { quoted } from '../shell-line.ts';
import { comment, Script } from './script-text.ts';

/**
 * A POSIX shell script that makes the same with gcloud, and can be run again: what is there is kept, and nothing of others is
 * taken away. A key that it makes goes into a file and nowhere else; the script holds none.
 */
export function gcloudScript(handover: Handover): string {
  const { profile, project, account, endpoint, services, role, check } = handover;
  const script = new Script()
    .line('#!/bin/sh')
    .line(comment(`Makes ${account.email} ready for ${profile.title}; written by iamready export gcloud.`))
    .line('# It can be run again: what is there is kept. It holds no key and no token.')
    .line('# Needs gcloud, signed in as somebody who may do all of it.');
  if (endpoint !== undefined)
    script.line(comment(`It is for the cloud at ${endpoint}: point gcloud there first.`));
  // shellcheck takes them for slips where a text holds such signs.
  if (/[$`\\]/u.test(JSON.stringify(handover)))
    script
      .line('# What is in single quotes below is text, and not meant to be expanded.')
      .line('# shellcheck disable=SC2016,SC1003');
  script.line('set -eu').line('export CLOUDSDK_CORE_DISABLE_PROMPTS=1').line();
  writeHelpers(script);
  script
    .block(
      'main() {',
      () => {
        if (services.length > 0) script.line('turn_on_services');
        if (role !== undefined) script.line('make_role');
        for (const each of ['make_account', 'grant_roles', 'give_access']) script.line(each);
        script.run(['say', `Done. This proves it: ${check}`]);
      },
      '}',
    )
    .line();
  if (services.length > 0) writeServices(script, handover);
  if (role !== undefined) writeRole(script, role, project.id);
  writeAccount(script, handover);
  writeGrants(script, handover);
  writeAccess(script, handover);
  return script
    .line('# The shell has read all of it before this begins, and nothing above takes its input away.')
    .line('main </dev/null')
    .text();
}

function writeServices(script: Script, { project, services }: Handover): void {
  const names = services.map(({ name }) => name);
  for (const { name, why } of services) script.line(comment(`${name}: ${why}`));
  script
    .block(
      'turn_on_services() {',
      () =>
        script
          .run(
            [
              'gcloud',
              'services',
              'list',
              '--enabled',
              `--project=${project.id}`,
              '--format=value(config.name)',
            ],
            {
              before: 'on=$(',
              after: ')',
            },
          )
          .line(`off=$(minus ${quoted(names.join('\n'))} "$on")`)
          .block(
            'if [ -n "$off" ]; then',
            () =>
              script
                .line('# Names of services hold no blanks: each is a word of its own.')
                .line('# shellcheck disable=SC2086')
                .line(`gcloud services enable $off ${quoted(`--project=${project.id}`)}`)
                .line('fresh=yes'),
            'fi',
          ),
      '}',
    )
    .line();
}

function writeHelpers(script: Script): void {
  script.block('say() {', () => script.line(`printf '%s\\n' "$*" >&2`), '}').line();
  script.block('fail() {', () => script.line('say "$*"').line('exit 1'), '}').line();
  script
    .line(
      '# What was made a moment ago is not known everywhere: what names it is then tried again, for two minutes.',
    )
    .line('fresh=')
    .block(
      'again() {',
      () =>
        script
          .line('wait=2')
          .block(
            'until "$@"; do',
            () =>
              script
                .line('if [ -z "$fresh" ] || [ "$wait" -gt 64 ]; then return 1; fi')
                .line('say "That is not known everywhere yet; trying again in $wait seconds."')
                .line('sleep "$wait"')
                .line('wait=$((wait * 2))'),
            'done',
          ),
      '}',
    )
    .line()
    .line('# The lines of $1 that are not in $2.')
    .block(
      'minus() {',
      () =>
        script.line(
          `printf '%s\\n\\n%s\\n' "$2" "$1" | awk '$0 == "" { own = 1; next } !own { others[$0]; next } !($0 in others)'`,
        ),
      '}',
    )
    .line();
}
