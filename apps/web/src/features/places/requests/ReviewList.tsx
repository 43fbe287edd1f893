import { requests as operations, type TeamReview } from '@plausch/wire'
import { useState } from 'react'
import { notify } from '../../../browser/notices.ts'
import { useIntl } from '../../../i18n/intl.ts'
import { attempt, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Button } from '../../../ui/Button.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { FoundList } from '../../../ui/FoundList.tsx'
import list from '../../../ui/List.module.css'
import { pageOf, useFound } from '../../../ui/use-found.ts'

const PAGE = 60

/** Teams whose owners are asked whether they are still needed. */
export const ReviewList = () => {
  const say = useText()
  const found = useFound('', '', async (page) =>
    pageOf(await client.call(operations.listReviews, { query: { page, per_page: PAGE } }), PAGE),
  )
  return (
    <>
      <p>{say('requests.reviewLead')}</p>
      <FoundList
        found={found}
        label={say('requests.tabReviews')}
        none={<EmptyState title={say('requests.noneReviews')} />}
        keyOf={({ team_id }) => team_id}
        render={(review) => (
          <Row review={review} answered={() => found.drop(({ team_id }) => team_id === review.team_id)} />
        )}
      />
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
