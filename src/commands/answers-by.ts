import { askedByProfile, type Answer, type Answers } from '../steps/goal.ts';

/** The same answers, as somebody else has chosen them: a plan, whose words flags stood for. */
export function answersBy(who: string, answers: Answers): Answers {
  const by = <T extends Pick<Answer, 'source'>>(given: T): T =>
    given.source === askedByProfile ? given : { ...given, source: who };
  const { roleId, roleTitle, accountId, accountName, without, tighten, team, access, deleteKey } = answers;
  return {
    ...answers,
    accountId: by(accountId),
    accountName: by(accountName),
    access: access.kind === 'key' ? access : by(access),
    ...(roleId && { roleId: by(roleId) }),
    ...(roleTitle && { roleTitle: by(roleTitle) }),
    ...(without && { without: by(without) }),
    ...(tighten && { tighten: by(tighten) }),
    ...(team && { team: by(team) }),
    ...(deleteKey && { deleteKey: by(deleteKey) }),
    ...(answers.removeExtra !== undefined && { removeExtra: who }),
  };
}
