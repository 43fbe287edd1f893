import { requests as operations } from '@plausch/wire'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Button } from '../../../ui/Button.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { FoundList } from '../../../ui/FoundList.tsx'
import list from '../../../ui/List.module.css'
import { pageOf, useFound } from '../../../ui/use-found.ts'
import { ownerDialog } from './dialogs.ts'

const PAGE = 60

/** Teams that nobody owns, for administrators. */
export const OrphanList = () => {
  const say = useText()
  const found = useFound('', '', async (page) =>
    pageOf(await client.call(operations.listOrphans, { query: { page, per_page: PAGE } }), PAGE),
  )
  return (
    <>
      <p>{say('requests.orphansLead')}</p>
      <FoundList
        found={found}
        label={say('requests.tabOrphans')}
        none={<EmptyState title={say('requests.noneOrphans')} />}
        keyOf={({ id }) => id}
        render={(team) => (
          <>
            <span className={list.words}>
              <span className={list.name}>{team.display_name}</span>
              <span className={list.side}>
                /{team.name} · {say('requests.members', { count: team.member_count })}
              </span>
            </span>
            <Button
              aria-label={say('requests.nameOwnerOf', { team: team.display_name })}
              onClick={() => ownerDialog.open({ team, done: () => found.drop(({ id }) => id === team.id) })}
            >
              {say('requests.nameOwner')}
            </Button>
          </>
        )}
      />
    </>
  )
}
