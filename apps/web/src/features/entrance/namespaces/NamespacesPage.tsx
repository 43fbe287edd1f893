import { type Namespace, namespaces as operations, teams } from '@plausch/wire'
import { goTo } from '../../../browser/path.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { CONSOLE } from '../../../platform/console/address.ts'
import { PageFrame } from '../../../platform/console/PageFrame.tsx'
import { Busy } from '../../../ui/Busy.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { type Answer, useAnswer } from '../../../ui/use-answer.ts'
import { RuleEditor } from './RuleEditor.tsx'
import { RuleList } from './RuleList.tsx'
import { Tree } from './Tree.tsx'

const HOME = `${CONSOLE}/authentication/namespaces`
const NEW = 'new'

/** The page of one rule, or of a new one for a branch of the directory. */
const toRule = (id: string): void => goTo(`${HOME}/${id}`)
const toList = (): void => goTo(HOME)

/** Rules by which the directory makes teams, channels and groups to mention. */
export const NamespacesPage = ({ rest }: { rest: string }) => {
  const say = useText()
  const rules = useAnswer(() => client.call(operations.list))
  const isEditing = rest !== ''
  return (
    <PageFrame title={say('namespaces.title')} lead={isEditing ? undefined : say('namespaces.lead')}>
      <FormProblem text={rules.problem} />
      {!rules.value && rules.isBusy && <Busy />}
      {rules.value &&
        (isEditing ? (
          <Editor key={rest} rest={rest} rules={rules} known={rules.value} />
        ) : (
          <>
            <RuleList rules={rules.value} open={toRule} add={() => toRule(NEW)} changed={rules.again} />
            <Tree add={(base) => toRule(`${NEW}/${encodeURIComponent(base)}`)} />
          </>
        ))}
    </PageFrame>
  )
}

type EditorProps = { rest: string; rules: Answer<Namespace[]>; known: readonly Namespace[] }

const Editor = ({ rest, rules, known }: EditorProps) => {
  const say = useText()
  const [id = '', base = ''] = rest.split('/')
  const rule = known.find((each) => each.id === id)
  const teamId = rule?.team_id ?? ''
  const team = useAnswer(
    async () => (teamId === '' ? undefined : await client.call(teams.get, { params: { team_id: teamId } })),
    teamId,
  )
  if (!rule && id !== NEW) return <EmptyState title={say('namespaces.notFound')} />
  if (team.isBusy) return <Busy />
  return (
    <RuleEditor
      rule={rule}
      team={team.value}
      base={decodeURIComponent(base)}
      close={toList}
      saved={() => {
        rules.again()
        toList()
      }}
    />
  )
}
