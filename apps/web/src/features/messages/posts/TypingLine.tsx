import { derive } from '@plausch/client'
import { useMemo } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { personName } from '../../../platform/names.ts'
import styles from './TypingLine.module.css'

const NOBODY: readonly string[] = []

/** Who is typing; the line keeps its height when it is empty, so nothing moves. */
export const TypingLine = ({ channelId }: { channelId: string }) => {
  const say = useText()
  const ids = useSource(client.typing.byChannel.at(channelId)) ?? NOBODY
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
