import { bindingWords, type PolicyLine, type PolicyPlace, readWords } from '../gcloud-binding.ts';
import { shellWord } from '../shell-line.ts';
import type { Handover, HandoverGrant } from './handover.ts';
import { comment, type Script } from './script-text.ts';

/** The function `grant_roles`: adds to each allow policy the lines that it lacks, and leaves every other one. */
export function writeGrants(script: Script, handover: Handover): void {
  const { project, grants } = handover;
  script
    .block(
      'grant_roles() {',
      () => {
        if (grants.some(({ on }) => on.kind === 'organization')) askOrganization(script, project.id);
        if (grants.some(({ on }) => on.kind === 'account' && on.whose === 'compute'))
          askNumber(script, project.id);
        const places = Map.groupBy(grants, ({ on }) => JSON.stringify(on));
        for (const all of places.values()) {
          const [first] = all;
          if (first !== undefined) writeLines(script, all, placeOf(first, handover), project.id);
        }
      },
      '}',
    )
    .line();
  script
    .line('# Whether a line of $policy gives $1 the role $2 under the condition $3, if any.')
    .block(
      'granted() {',
      () =>
        script
          .line(`case "$newline$policy$newline" in`)
          .line(`  *"$newline$(printf '%s\\t%s\\t%s' "$1" "$2" "$3")$newline"*) ;;`)
          .line('  *) return 1 ;;')
          .line('esac'),
      '}',
    )
    .line()
    .line("newline='\n'")
    .line();
}

/** Reads one allow policy, and adds to it the lines that it lacks. */
export function writeLines(
  script: Script,
  lines: readonly (PolicyLine & { readonly why?: string })[],
  place: PolicyPlace,
  project: string,
): void {
  const fields = 'bindings.members,bindings.role,bindings.condition.expression';
  script.run(
    ['again', ...readWords(place, project), '--flatten=bindings[].members', `--format=value(${fields})`],
    { before: 'policy=$(', after: ')' },
  );
  for (const { why, ...line } of lines) {
    const wanted = [line.member, line.role, line.condition?.expression ?? ''].map(shellWord).join(' ');
    if (why !== undefined) script.line(comment(why));
    script.block(
      `if ! granted ${wanted}; then`,
      () => script.run(['again', ...bindingWords('add', line, place, project), '--format=none']),
      'fi',
    );
  }
}

/** Sets `number`, which names of Google hold. */
export function askNumber(script: Script, project: string): void {
  script.run(['gcloud', 'projects', 'describe', project, '--format=value(projectNumber)'], {
    before: 'number=$(',
    after: ')',
  });
}

function askOrganization(script: Script, project: string): void {
  script
    .run(['gcloud', 'projects', 'get-ancestors', project, '--format=csv[no-heading](type,id)'], {
      before: 'ancestors=$(',
      after: ')',
    })
    .line(`organization=$(printf '%s\\n' "$ancestors" | sed -n 's/^organization,//p')`)
    .line(
      '[ -n "$organization" ] || fail "The project is in no organisation, and a role is to be granted on one."',
    );
}

function placeOf({ on }: HandoverGrant, { project, account }: Handover): PolicyPlace {
  switch (on.kind) {
    case 'project':
      return { kind: 'project', id: project.id };
    case 'organization':
      return { kind: 'organization', id: [{ variable: 'organization' }] };
    case 'bucket':
      return { kind: 'bucket', id: on.name };
    case 'run-service':
      return { kind: 'run-service', id: `${on.region}/${on.name}` };
    case 'account':
      if (on.whose === 'compute')
        return {
          kind: 'account',
          id: [{ variable: 'number' }, '-compute@developer.gserviceaccount.com'],
        };
      return { kind: 'account', id: on.whose === 'own' ? account.email : (on.email ?? '') };
  }
}
