import { select } from '@plausch/client'
import type { Post } from '@plausch/wire'
import { useMemo } from 'react'
import { notify } from '../../../browser/notices.ts'
import { useSource } from '../../../browser/use-source.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { channelName } from '../../../platform/names.ts'
import { ComboBox } from '../../../ui/ComboBox.tsx'
import { Area, type Option } from '../../../ui/Field.tsx'
import { FormDialog } from '../../../ui/FormDialog.tsx'
import { summary } from '../../../ui/markdown/summary.ts'
import { useForm } from '../../../ui/use-form.ts'
import { addressOf } from './copying.ts'
import styles from './DeletePost.module.css'

type ForwardPostProps = { post: Post; close(): void }

/** Where the reader may write, the latest place first. */
const places = select((read): readonly Option<string>[] => {
  const all = read(client.channels.records)
  return all
    .filter(({ delete_at }) => delete_at === 0)
    .toSorted((a, b) => b.last_post_at - a.last_post_at)
    .map(({ id, team_id }) => ({
      value: id,
      label: read(channelName(id)) || '…',
      hint: read(client.teams.records.at(team_id))?.display_name ?? '',
    }))
})

/** Sends a link to a message, with some words, to another channel. Only who may read the message sees it there. */
export const ForwardPost = ({ post, close }: ForwardPostProps) => {
  const say = useText()
  const options = useSource(places)
  const form = useForm<{ channelId: string | undefined; words: string }>(
    { channelId: undefined, words: '' },
    { check: ({ channelId }) => ({ channelId: channelId ? '' : say('forward.missing') }) },
  )
  const excerpt = useMemo(() => summary(post.message, 300), [post.message])

  const send = form.checked(({ channelId = '', words }) => {
    client.posts.outbox.send(channelId, [words.trim(), addressOf(post.id)].filter(Boolean).join('\n'))
    notify('done', say('forward.done', { name: channelName(channelId).get() }))
  })

  return (
    <FormDialog title={say('forward.title')} onClose={close} submitLabel={say('post.forward')} submit={send}>
      <ComboBox {...form.part('channelId')} label={say('forward.to')} options={options} />
      <Area {...form.text('words')} label={say('forward.words')} rows={3} />
      {excerpt && (
        <blockquote dir="auto" className={styles.excerpt}>
          {excerpt}
        </blockquote>
      )}
    </FormDialog>
  )
}
