/** Announces new messages of others to screen readers while their channel or thread is open. */
import { blockAt, type Source, type Timeline } from '@plausch/client'
import { announce } from '../../../browser/announce.ts'
import { say } from '../../../i18n/text.ts'
import { choices, isChosen } from '../../../platform/choices.ts'
import { client } from '../../../platform/client.ts'
import { personName } from '../../../platform/names.ts'
import { summary } from '../../../ui/markdown/summary.ts'
import { isSystem } from './rows.ts'

const LONGEST = 300

/** Follows the messages of an open channel or thread; returns a function that ends it. */
export const announceNew = (source: Source<Timeline | undefined>): (() => void) => {
  const newest = (): string => blockAt(source.get() ?? [], '')?.ids.at(-1) ?? ''
  let last = newest()
  return source.subscribe(() => {
    const next = newest()
    // The first page is not announced.
    const isFirst = last === ''
    const post = client.posts.records.one(next)
    const isNewer = post !== undefined && post.create_at > (client.posts.records.one(last)?.create_at ?? 0)
    last = next
    if (isFirst || !post || !isNewer || post.user_id === client.myId.get() || isSystem(post)) return
    if (!isChosen(choices.speaksMessages)) return
    const values = { name: personName(post.user_id).get(), text: summary(post.message, LONGEST) }
    announce(say('posts.spoken', values), (count) => say('posts.spokenMany', { count }))
  })
}
