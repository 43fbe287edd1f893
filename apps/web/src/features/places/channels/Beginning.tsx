import { partnerOf } from '@plausch/client'
import { useSource } from '../../../browser/use-source.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { channelName } from '../../../platform/names.ts'
import { Face } from '../../people/users/Face.tsx'
import styles from './Beginning.module.css'

/** The text above the first message: the name and purpose of the channel. */
export const Beginning = ({ channelId }: { channelId: string }) => {
  const say = useText()
  const channel = useSource(client.channels.described(channelId))
  const name = useSource(channelName(channelId))
  if (!channel) return null
  if (channel.type === 'D') {
    const isSelf = partnerOf(channel, client.myId.get()) === client.myId.get()
    return (
      <div className={styles.beginning}>
        <Face userId={partnerOf(channel, client.myId.get())} size={56} />
        <p className={styles.title}>{name}</p>
        <p>{say(isSelf ? 'beginning.self' : 'beginning.direct', { name })}</p>
      </div>
    )
  }
  return (
    <div className={styles.beginning}>
      <p className={styles.title}>{name}</p>
      <p>
        {say(
          channel.type === 'G'
            ? 'beginning.group'
            : channel.type === 'P'
              ? 'beginning.private'
              : 'beginning.public',
          { name },
        )}
      </p>
      {channel.purpose && <p>{channel.purpose}</p>}
    </div>
  )
}
