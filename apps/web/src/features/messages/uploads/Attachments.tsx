import { RotateCw, X } from 'lucide-react'
import { useEffect } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { useIntl } from '../../../i18n/intl.ts'
import { useText } from '../../../i18n/text.ts'
import { IconButton } from '../../../ui/Button.tsx'
import { Progress } from '../../../ui/Progress.tsx'
import { FileLine } from '../files/FileLine.tsx'
import { endingOf, kindOf } from '../files/kinds.ts'
import { ensureFiles, files } from '../files/known.ts'
import { sizeText } from '../files/size.ts'
import styles from './Attachments.module.css'
import { type Attachment, detach, isUploading, retry } from './attachments.ts'

type AttachmentsProps = {
  place: string
  attachments: readonly Attachment[]
  /** The last one was taken away: the text field gets the focus. */
  emptied(): void
}

/** The files that go with the message: their names, how far they are, and buttons. */
export const Attachments = ({ place, attachments, emptied }: AttachmentsProps) => {
  const say = useText()
  return (
    <ul className={styles.list} aria-label={say('uploads.list')}>
      {attachments.map((each) => (
        <li key={each.key} className={styles.item} data-failed={each.state === 'failed' ? '' : undefined}>
          <One attachment={each} place={place} emptied={attachments.length === 1 ? emptied : undefined} />
        </li>
      ))}
    </ul>
  )
}

type OneProps = { attachment: Attachment; place: string; emptied: (() => void) | undefined }

const One = ({ attachment, place, emptied }: OneProps) => {
  const say = useText()
  const intl = useIntl()
  const { key, state, sent, preview, fileId = '', problem } = attachment
  const info = useSource(files.at(fileId))
  useEffect(() => ensureFiles(fileId === '' ? [] : [fileId]), [fileId])
  const name = info?.name || attachment.name || say('files.other')
  const size = info?.size || attachment.size
  const kind = kindOf(info ?? { mime_type: attachment.type, extension: endingOf(name) })
  const picture = preview ?? (kind === 'picture' && info ? `/api/v4/files/${info.id}/thumbnail` : undefined)

  const note = (): string => {
    if (state === 'failed') return problem ?? say('uploads.failed')
    if (state === 'interrupted') return say('uploads.interrupted')
    const whole = sizeText(size, intl.locale)
    return state === 'sending' ? say('uploads.sent', { sent: sizeText(sent, intl.locale), whole }) : whole
  }

  return (
    <>
      <FileLine name={name} kind={kind} picture={picture} note={note()} isFailed={state === 'failed'}>
        {isUploading(attachment) && (
          <Progress
            label={say('uploads.progress', { name })}
            isQuiet
            {...(state === 'sending' && size > 0 && { value: Math.min(1, sent / size) })}
          />
        )}
      </FileLine>
      {state === 'failed' && (
        <IconButton
          icon={RotateCw}
          label={say('uploads.retry', { name })}
          onClick={() => retry(place, key)}
        />
      )}
      <IconButton
        icon={X}
        label={say(isUploading(attachment) ? 'uploads.cancel' : 'uploads.remove', { name })}
        onClick={(event) => {
          const item = event.currentTarget.closest('li')
          const next = item?.nextElementSibling ?? item?.previousElementSibling
          next?.querySelector<HTMLElement>('button:last-of-type')?.focus()
          detach(place, key)
          emptied?.()
        }}
      />
    </>
  )
}
