import { derive } from '@plausch/client'
import { useMemo } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { personName } from '../../../platform/names.ts'
import styles from './TypingLine.module.css'

const NOBODY: readonly string[] = []

/** Who is typing in a channel or, with the id of its root, in a thread. The line keeps its height when it is empty, so nothing moves. */
export const TypingLine = ({ placeId }: { placeId: string }) => {
  const say = useText()
  const ids = useSource(client.typing.byPlace.at(placeId)) ?? NOBODY
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
