import { requests as operations, type TeamReview } from '@plausch/wire'
import { useState } from 'react'
import { notify } from '../../../browser/notices.ts'
import { useIntl } from '../../../i18n/intl.ts'
import { attempt, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Busy } from '../../../ui/Busy.tsx'
import { Button } from '../../../ui/Button.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import list from '../../../ui/List.module.css'
import { useFound } from '../../../ui/use-found.ts'

const PAGE = 60

/** Teams whose owners are asked whether they are still needed. */
export const ReviewList = () => {
  const say = useText()
  const { items, hasMore, isBusy, problem, more, drop } = useFound('', '', async (page) => {
    const found = await client.call(operations.listReviews, { query: { page, per_page: PAGE } })
    return { items: found, hasMore: found.length === PAGE }
  })
  return (
    <>
      <p>{say('requests.reviewLead')}</p>
      <FormProblem text={problem} />
      {!items && isBusy && <Busy />}
      {items?.length === 0 && !hasMore && <EmptyState title={say('requests.noneReviews')} />}
      <ul className={list.list} aria-label={say('requests.tabReviews')} aria-busy={isBusy}>
        {items?.map((review) => (
          <li key={review.team_id} className={list.row}>
            <Row review={review} answered={() => drop(({ team_id }) => team_id === review.team_id)} />
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

const Row = ({ review, answered }: { review: TeamReview; answered(): void }) => {
  const say = useText()
  const intl = useIntl()
  const [isBusy, setBusy] = useState(false)
  const { team_id, display_name: team, asked_at } = review
  const answer = async (is_needed: boolean): Promise<void> => {
    setBusy(true)
    const isDone = await attempt(() =>
      client.call(operations.answerReview, { params: { team_id }, body: { is_needed } }),
    )
    setBusy(false)
    if (!isDone) return
    answered()
    notify('done', say(is_needed ? 'requests.answered' : 'requests.answeredNo'))
  }
  return (
    <>
      <span className={list.words}>
        <span className={list.name}>{team}</span>
        <span className={list.side}>
          {say('requests.asksSince', { day: intl.formatDate(asked_at, { dateStyle: 'medium' }) })}
        </span>
      </span>
      <Button
        isBusy={isBusy}
        aria-label={say('requests.neededNamed', { team })}
        onClick={() => void answer(true)}
      >
        {say('requests.needed')}
      </Button>
      <Button
        isBusy={isBusy}
        aria-label={say('requests.unneededNamed', { team })}
        onClick={() => void answer(false)}
      >
        {say('requests.unneeded')}
      </Button>
    </>
  )
}
