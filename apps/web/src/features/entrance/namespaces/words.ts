/** Namespaces in words. */
import type { Namespace, NamespacePlace } from '@plausch/wire'
import type { Say, TextId } from '../../../i18n/text.ts'

type Rule = Pick<Namespace, 'source' | 'makes'>

/** What a rule does, in a sentence. */
export const ruleText = (say: Say, { source, makes }: Rule): string =>
  say(`namespaces.does.${source}.${makes}`)

const problems: Record<Exclude<NamespacePlace['problem'], ''>, TextId> = {
  taken: 'namespaces.problem.taken',
  no_address: 'namespaces.problem.noAddress',
  too_many: 'namespaces.problem.tooMany',
  no_team: 'namespaces.problem.noTeam',
  unlinked: 'namespaces.problem.unlinked',
  refused: 'namespaces.problem.refused',
}

/** Why nothing was made of an entry; '' if nothing stands in the way. */
export const problemText = (say: Say, problem: NamespacePlace['problem']): string =>
  problem === '' ? '' : say(problems[problem])
