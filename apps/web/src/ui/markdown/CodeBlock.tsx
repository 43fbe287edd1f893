import { Copy } from 'lucide-react'
import { useRef } from 'react'
import { notify } from '../../browser/notices.ts'
import { useText } from '../../i18n/text.ts'
import styles from './Code.module.css'
import { useHighlight } from './use-highlight.ts'

type CodeBlockProps = { language: string; text: string }

/** A block of code: its language, a button that copies it, and colours as soon as they are known. */
export const CodeBlock = ({ language, text }: CodeBlockProps) => {
  const say = useText()
  const code = useRef<HTMLElement>(null)
  useHighlight(code, language, text)
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text)
      notify('done', say('code.copied'))
    } catch {
      // Without HTTPS there is no clipboard.
      notify('failed', say('code.copyFailed'))
    }
  }
  return (
    <div className={styles.block} data-language={language === '' ? undefined : ''}>
      {language !== '' && <span className={styles.language}>{language}</span>}
      <button
        type="button"
        className={styles.copy}
        aria-label={say('code.copy')}
        data-tip={say('code.copy')}
        onClick={() => void copy()}
      >
        <Copy size={16} strokeWidth={1.75} aria-hidden />
      </button>
      <pre dir="auto" tabIndex={0}>
        <code ref={code}>{text}</code>
      </pre>
    </div>
  )
}
