import { derive } from '@plausch/client'
import { useMemo } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { useText } from '../../../i18n/text.ts'
import { choices, chosen } from '../../../platform/choices.ts'
import { client } from '../../../platform/client.ts'
import { personName } from '../../../platform/names.ts'
import styles from './Composer.module.css'

const NOBODY: readonly string[] = []
const showsTyping = chosen(choices.showsTyping)

/** Who is typing; the line keeps its height when it is empty, so nothing moves. */
export const TypingLine = ({ channelId }: { channelId: string }) => {
  const say = useText()
  const isShown = useSource(showsTyping) === 'true'
  const typing = useSource(client.typing.byChannel.at(channelId)) ?? NOBODY
  const ids = isShown ? typing : NOBODY
  const [a = '', b = ''] = ids
  const names = useSource(
    useMemo(() => derive([personName(a), personName(b)], (first, second) => ({ first, second })), [a, b]),
  )
  const text = (): string => {
    if (ids.length === 0) return ''
    if (ids.length === 1) return say('typing.one', { name: names.first })
    if (ids.length === 2) return say('typing.two', { first: names.first, second: names.second })
    return say('typing.many')
  }
  return <p className={styles.typing}>{text()}</p>
}
