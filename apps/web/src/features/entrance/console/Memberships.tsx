import { directory, type Membership, syncables as operations, type User } from '@plausch/wire'
import { useState } from 'react'
import { notify } from '../../../browser/notices.ts'
import { useSource } from '../../../browser/use-source.ts'
import { useIntl } from '../../../i18n/intl.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Section } from '../../../platform/console/PageFrame.tsx'
import { dialog } from '../../../platform/dialogs.ts'
import { Busy } from '../../../ui/Busy.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Confirm } from '../../../ui/Confirm.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { Table } from '../../../ui/Table.tsx'
import { useFound } from '../../../ui/use-found.ts'
import styles from './Administration.module.css'
import { placeText, sourceText, standingText } from './words.ts'

const PAGE = 100

type AddAgainProps = { user: User; done(): void; close(): void }

const AddAgain = ({ user, done, close }: AddAgainProps) => {
  const say = useText()
  return (
    <Confirm
      title={say('administration.addAgainTitle', { name: user.username })}
      lead={say('administration.addAgainLead')}
      action={say('administration.addAgain')}
      run={async () => {
        await client.call(directory.syncMemberships, { params: { user_id: user.id } })
        notify('done', say('administration.addedAgain'))
        done()
      }}
      onClose={close}
    />
  )
}
const addAgain = dialog(async () => AddAgain)

/** Every team and channel of a person, and whether somebody or the directory brought them there. */
export const Memberships = ({ user }: { user: User }) => {
  const say = useText()
  const intl = useIntl()
  /** How many places are hidden from the reader, by page. */
  const [hidden, setHidden] = useState<Readonly<Record<number, number>>>({})
  const { items, hasMore, isBusy, problem, more, again } = useFound(user.id, '', async (page) => {
    const answer = await client.call(operations.memberships, {
      params: { user_id: user.id },
      query: { page, per_page: PAGE },
    })
    setHidden((before) => ({ ...before, [page]: answer.hidden_count }))
    return { items: answer.memberships, hasMore: (page + 1) * PAGE < answer.total_count }
  })
  const maySync = useSource(client.roles.permissions('')).has('sysconsole_write_user_management_groups')
  const hasLeft = items?.some(({ source }) => source === 'left') ?? false
  const hiddenCount = Object.values(hidden).reduce((sum, each) => sum + each, 0)

  const rowOf = (membership: Membership) => ({
    key: membership.place_id,
    cells: [
      membership.display_name,
      placeText(say, membership),
      sourceText(say, membership, (at) => intl.formatDate(at, { dateStyle: 'medium' })),
      standingText(say, membership),
    ],
  })
  return (
    <Section
      title={say('administration.memberships')}
      lead={say('administration.membershipsLead')}
      actions={
        maySync &&
        hasLeft &&
        user.auth_service === 'ldap' && (
          <Button onClick={() => addAgain.open({ user, done: again })}>
            {say('administration.addAgain')}
          </Button>
        )
      }
    >
      <FormProblem text={problem} />
      {!items && problem === '' && <Busy />}
      {items?.length === 0 && <p className={styles.soft}>{say('administration.nowhere')}</p>}
      {items && items.length > 0 && (
        <Table
          caption={say('administration.memberships')}
          columns={[
            say('administration.where'),
            say('administration.kind'),
            say('administration.source'),
            say('administration.standing'),
          ]}
          rows={items.map(rowOf)}
        />
      )}
      {hiddenCount > 0 && (
        <p className={styles.soft}>{say('administration.hidden', { count: hiddenCount })}</p>
      )}
      {hasMore && (
        <div>
          <Button isBusy={isBusy} onClick={more}>
            {say('members.more')}
          </Button>
        </div>
      )}
    </Section>
  )
}
