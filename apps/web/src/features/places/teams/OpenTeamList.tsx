import type { Team } from '@plausch/wire'
import { useState } from 'react'
import { attempt, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Busy } from '../../../ui/Busy.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Field } from '../../../ui/Field.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import list from '../../../ui/List.module.css'
import { useFound } from '../../../ui/use-found.ts'
import { openTeams } from './open-teams.ts'
import { TeamMark } from './TeamMark.tsx'

/** Fewer are seen at a glance. */
const FEW = 8

/** The teams that people can join without an invitation, to search. `joined` is called after joining one. */
export const OpenTeamList = ({ joined }: { joined(team: Team): void }) => {
  const say = useText()
  const [term, setTerm] = useState('')
  const [busy, setBusy] = useState('')
  const wanted = term.trim()
  const { items, hasMore, isBusy, problem, more } = useFound('', wanted, (page) => openTeams(wanted, page))
  const [isLong, setLong] = useState(false)
  if (!isLong && items && (hasMore || items.length > FEW)) setLong(true)

  const join = async (team: Team): Promise<void> => {
    setBusy(team.id)
    if (await attempt(() => client.teams.join(team.id))) joined(team)
    else setBusy('')
  }
  return (
    <>
      {isLong && (
        <Field
          label={say('team.search')}
          type="search"
          autoComplete="off"
          maxLength={64}
          value={term}
          onChange={(event) => setTerm(event.target.value)}
        />
      )}
      <FormProblem text={problem} />
      {!items && isBusy && <Busy />}
      <p className={list.empty} role="status" hidden={items?.length !== 0 || hasMore}>
        {items?.length === 0 && !hasMore && say(wanted === '' ? 'team.noneOpen' : 'team.noneFound')}
      </p>
      <ul className={list.list} aria-label={say('team.open')} aria-busy={isBusy}>
        {items?.map((team) => (
          <li key={team.id} className={list.row}>
            <TeamMark team={team} />
            <span className={list.words}>
              <span className={list.name}>{team.display_name}</span>
              {team.description && <span className={list.side}>{team.description}</span>}
            </span>
            <Button
              isBusy={busy === team.id}
              aria-label={say('team.joinNamed', { team: team.display_name })}
              onClick={() => void join(team)}
            >
              {say('team.join')}
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
