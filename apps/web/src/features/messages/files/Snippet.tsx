import type { FileInfo } from '@plausch/wire'
import styles from './Snippet.module.css'
import { snippetHeight } from './sizes.ts'
import { useFileText } from './use-file-text.ts'

const BYTES = 2048
const LINES = 6

/** The first lines of a text file. Its height does not depend on them. */
export const Snippet = ({ file }: { file: FileInfo }) => {
  const content = useFileText(file, BYTES)
  const text = content.state === 'ready' ? content.text.split('\n').slice(0, LINES).join('\n') : ''
  return (
    <pre className={styles.snippet} style={{ height: snippetHeight(file) }} dir="auto" aria-hidden>
      {text}
    </pre>
  )
}
