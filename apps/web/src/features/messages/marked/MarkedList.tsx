import type { Post } from '@plausch/wire'
import type { LucideIcon } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { problemOf, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Button } from '../../../ui/Button.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import { PostResults } from '../posts/PostResults.tsx'

type MarkedListProps = {
  label: string
  /** Undefined while nothing is loaded. */
  ids: readonly string[] | undefined
  load(): Promise<void>
  icon: LucideIcon
  none: string
  hint: string
  actionsOf?(post: Post): ReactNode
}

/** A loaded list of messages; says what it is for while it is empty, and what happened if it cannot be loaded. */
export const MarkedList = ({ label, ids, load, icon, none, hint, actionsOf }: MarkedListProps) => {
  const say = useText()
  const loads = useSource(client.loads)
  const [problem, setProblem] = useState('')
  const [round, setRound] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: again after a lost connection, and on request
  useEffect(() => {
    let isCurrent = true
    load().then(
      () => isCurrent && setProblem(''),
      (error: unknown) => isCurrent && setProblem(problemOf(error)),
    )
    return () => {
      isCurrent = false
    }
  }, [load, loads, round])

  if (ids === undefined && problem === '') return <Skeleton kind="rows" count={5} />
  if (ids === undefined)
    return (
      <EmptyState
        title={problem}
        action={<Button onClick={() => setRound(round + 1)}>{say('action.retry')}</Button>}
      />
    )
  if (ids.length === 0)
    return (
      <EmptyState icon={icon} title={none}>
        {hint}
      </EmptyState>
    )
  return <PostResults label={label} ids={ids} {...(actionsOf && { actionsOf })} />
}
