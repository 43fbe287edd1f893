import { requests as operations } from '@plausch/wire'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Busy } from '../../../ui/Busy.tsx'
import { Button } from '../../../ui/Button.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import list from '../../../ui/List.module.css'
import { useFound } from '../../../ui/use-found.ts'
import { ownerDialog } from './dialogs.ts'

const PAGE = 60

/** Teams that nobody owns, for administrators. */
export const OrphanList = () => {
  const say = useText()
  const { items, hasMore, isBusy, problem, more, drop } = useFound('', '', async (page) => {
    const found = await client.call(operations.listOrphans, { query: { page, per_page: PAGE } })
    return { items: found, hasMore: found.length === PAGE }
  })
  return (
    <>
      <p>{say('requests.orphansLead')}</p>
      <FormProblem text={problem} />
      {!items && isBusy && <Busy />}
      {items?.length === 0 && !hasMore && <EmptyState title={say('requests.noneOrphans')} />}
      <ul className={list.list} aria-label={say('requests.tabOrphans')} aria-busy={isBusy}>
        {items?.map((team) => (
          <li key={team.id} className={list.row}>
            <span className={list.words}>
              <span className={list.name}>{team.display_name}</span>
              <span className={list.side}>
                /{team.name} · {say('requests.members', { count: team.member_count })}
              </span>
            </span>
            <Button
              aria-label={say('requests.nameOwnerOf', { team: team.display_name })}
              onClick={() => ownerDialog.open({ team, done: () => drop(({ id }) => id === team.id) })}
            >
              {say('requests.nameOwner')}
            </Button>
          </li>
        ))}
      </ul>
      {hasMore && (
        <Button kind="quiet" isBusy={isBusy} onClick={more}>
          {say('members.more')}
        </Button>
      )}
    </>
  )
}
