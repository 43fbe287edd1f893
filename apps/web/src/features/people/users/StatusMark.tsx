import { useSource } from '../../../browser/use-source.ts'
import { customStatus } from '../../../platform/people.ts'
import { MarkdownLine } from '../../../ui/markdown/Markdown.tsx'
import unseen from '../../../ui/Unseen.module.css'
import styles from './StatusMark.module.css'

/** The emoji of a person's custom status, beside their name; its text is the tooltip. */
export const StatusMark = ({ userId }: { userId: string }) => {
  const status = useSource(customStatus(userId))
  if (!status) return null
  return (
    <span className={styles.mark} data-tip={status.text || undefined}>
      <MarkdownLine text={`:${status.emoji}:`} />
      {status.text && <span className={unseen.unseen}>{status.text}</span>}
    </span>
  )
}
