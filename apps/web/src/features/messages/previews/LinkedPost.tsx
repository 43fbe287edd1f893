import { useEffect, useMemo } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { useIntl } from '../../../i18n/intl.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { channelName, personName } from '../../../platform/names.ts'
import { toPost } from '../../../platform/navigation.ts'
import { Markdown } from '../../../ui/markdown/Markdown.tsx'
import { summary } from '../../../ui/markdown/summary.ts'
import { Face } from '../../people/users/Face.tsx'
import styles from './Previews.module.css'
import type { Permalink } from './shown.ts'

/** Longer messages are cut: their own place has the rest. */
const LONGEST = 600

/** A message that another one links to, quoted. The server sends it only to those who may read it. */
export const LinkedPost = ({ linked: { post, channel_display_name, channel_id } }: { linked: Permalink }) => {
  const say = useText()
  const intl = useIntl()
  const name = useSource(personName(post.user_id)) || '…'
  const channel = useSource(channelName(channel_id)) || channel_display_name
  useEffect(() => client.users.ensure([post.user_id]), [post.user_id])
  const isCut = post.message.length > LONGEST
  const text = useMemo(() => (isCut ? summary(post.message, LONGEST) : ''), [isCut, post.message])
  return (
    <blockquote className={styles.linked}>
      <p className={styles.author}>
        <Face userId={post.user_id} size={20} />
        <strong>{name}</strong>
        <time dateTime={new Date(post.create_at).toISOString()}>
          {intl.formatDate(post.create_at, { dateStyle: 'medium', timeStyle: 'short' })}
        </time>
      </p>
      {isCut ? <p dir="auto">{text}</p> : <Markdown owner={post} text={post.message} />}
      <button type="button" onClick={() => toPost(post.id)}>
        {say('preview.show', { channel })}
      </button>
    </blockquote>
  )
}
