import type { FileInfo } from '@plausch/wire'
import { Download, FileText, Image } from 'lucide-react'
import { useSource } from '../../../browser/use-source.ts'
import { useIntl } from '../../../i18n/intl.ts'
import { useText } from '../../../i18n/text.ts'
import { channelName, personName } from '../../../platform/names.ts'
import { toPost } from '../../../platform/navigation.ts'
import list from '../../../ui/List.module.css'
import styles from './SearchPane.module.css'

/** Files that were found: each leads to its message, and can be downloaded. */
export const FileResults = ({ files }: { files: readonly FileInfo[] }) => {
  const say = useText()
  return (
    <ul className={list.list} aria-label={say('search.results')}>
      {files.map((file) => (
        <li key={file.id} className={list.row}>
          <File file={file} />
        </li>
      ))}
    </ul>
  )
}

const KILO = 1000

/** A size as people say it: 1.2 MB. */
const useSize = (bytes: number): string => {
  const intl = useIntl()
  const steps = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const
  const step = Math.min(steps.length - 1, Math.floor(Math.log(Math.max(1, bytes)) / Math.log(KILO)))
  return intl.formatNumber(bytes / KILO ** step, {
    style: 'unit',
    unit: steps[step] ?? 'byte',
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: step > 1 ? 1 : 0,
  })
}

const File = ({ file }: { file: FileInfo }) => {
  const say = useText()
  const intl = useIntl()
  const author = useSource(personName(file.user_id))
  const place = useSource(channelName(file.channel_id))
  const size = useSize(file.size)
  const Icon = file.mime_type.startsWith('image/') ? Image : FileText
  const day = intl.formatDate(file.create_at, { dateStyle: 'medium' })
  return (
    <>
      <Icon size={20} strokeWidth={1.75} aria-hidden />
      <button type="button" className={`${list.words} ${styles.file}`} onClick={() => toPost(file.post_id)}>
        <bdi className={list.name}>{file.name}</bdi>
        <span className={list.side}>{[size, author, place, day].filter(Boolean).join(' · ')}</span>
      </button>
      <a
        className={styles.download}
        href={`/api/v4/files/${file.id}?download=1`}
        download={file.name}
        aria-label={say('search.download', { name: file.name })}
      >
        <Download size={18} strokeWidth={1.75} aria-hidden />
      </a>
    </>
  )
}
