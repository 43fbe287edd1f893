import { goTo } from '../../../browser/path.ts'
import { useSource } from '../../../browser/use-source.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { CONSOLE } from '../../../platform/console/address.ts'
import { type Configured, useConfiguration } from '../../../platform/console/configuration.ts'
import { PageFrame } from '../../../platform/console/PageFrame.tsx'
import { Turning } from '../../../platform/console/Turning.tsx'
import { Busy } from '../../../ui/Busy.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { Tabs } from '../../../ui/Tabs.tsx'
import { Connection } from './Connection.tsx'
import { Groups } from './Groups.tsx'
import { LinkedGroup } from './LinkedGroup.tsx'
import { Passes } from './Passes.tsx'
import { People } from './People.tsx'

const TABS = ['connection', 'people', 'groups', 'passes'] as const

type Tab = (typeof TABS)[number]

/** The organisation's directory (LDAP), step by step: connect, find the people, let them come in. */
export const DirectoryPage = ({ rest }: { rest: string }) => {
  const say = useText()
  // Others may read what passes did and which groups there are, but no settings.
  const permissions = useSource(client.roles.permissions(''))
  const mayManage = permissions.has('manage_system')
  const shown = TABS.filter(
    (each) =>
      mayManage ||
      each === 'passes' ||
      (each === 'groups' && permissions.has('sysconsole_read_user_management_groups')),
  )
  const [wanted, id = ''] = rest.split('/')
  const tab = shown.find((each) => each === wanted) ?? shown[0] ?? 'passes'
  return (
    <PageFrame title={say('directory.title')} lead={say('directory.lead')}>
      <Tabs
        label={say('directory.title')}
        chosen={tab}
        tabs={shown.map((id) => ({ id, label: say(`directory.${id}`) }))}
        onChange={(id) => goTo(`${CONSOLE}/authentication/ldap/${id}`)}
      >
        {mayManage ? <WithSettings tab={tab} id={id} /> : <Content tab={tab} id={id} config={undefined} />}
      </Tabs>
    </PageFrame>
  )
}

/** `id` is that of a linked group, for the tab of groups. */
const WithSettings = ({ tab, id }: { tab: Tab; id: string }) => {
  const config = useConfiguration()
  return (
    <>
      <FormProblem text={config.problem} />
      {config.value ? <Content tab={tab} id={id} config={config} /> : config.problem === '' && <Busy />}
    </>
  )
}

type ContentProps = { tab: Tab; id: string; config: Configured | undefined }

const Content = ({ tab, id, config }: ContentProps) => {
  const permissions = useSource(client.roles.permissions(''))
  if (tab === 'groups')
    return <GroupsTab id={id} mayLink={permissions.has('sysconsole_write_user_management_groups')} />
  if (tab === 'passes') return <Passes config={config} />
  if (!config?.value) return null
  return tab === 'connection' ? (
    <Connection config={config} stored={config.value} />
  ) : (
    <People config={config} stored={config.value} />
  )
}

/** All groups, or one that is linked. */
const GroupsTab = ({ id, mayLink }: { id: string; mayLink: boolean }) => (
  <Turning shown={id}>
    {id === '' ? <Groups mayLink={mayLink} /> : <LinkedGroup key={id} id={id} mayChange={mayLink} />}
  </Turning>
)
