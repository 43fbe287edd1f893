import { type FileInfo, search as operations } from '@plausch/wire'
import { Paperclip } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { useIntl } from '../../../i18n/intl.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { personName } from '../../../platform/names.ts'
import { closePane } from '../../../platform/panes.ts'
import { here } from '../../../platform/place.ts'
import { Busy } from '../../../ui/Busy.tsx'
import { Button } from '../../../ui/Button.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { Field } from '../../../ui/Field.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { Pane } from '../../../ui/Pane.tsx'
import { Select } from '../../../ui/Select.tsx'
import { type Page, useFound } from '../../../ui/use-found.ts'
import { thumbnailUrl } from './addresses.ts'
import { viewer } from './dialogs.ts'
import { FileLine } from './FileLine.tsx'
import styles from './FilesPane.module.css'
import { kindOf } from './kinds.ts'
import { sizeText } from './size.ts'

const PER_PAGE = 40

/** The kinds that can be chosen, each by its endings: the server's search knows endings. */
const KINDS = [
  { value: 'all', label: 'files.kind.all', endings: '' },
  {
    value: 'pictures',
    label: 'files.kind.pictures',
    endings: 'jpg jpeg png gif webp avif svg bmp tiff heic',
  },
  { value: 'documents', label: 'files.kind.documents', endings: 'pdf doc docx odt rtf epub ppt pptx odp' },
  { value: 'sheets', label: 'files.kind.sheets', endings: 'xls xlsx ods csv tsv' },
  { value: 'media', label: 'files.kind.media', endings: 'mp4 webm mov ogv mp3 m4a ogg opus wav flac' },
  {
    value: 'code',
    label: 'files.kind.code',
    endings: 'txt md log py js ts c cpp h rs go java sh json yaml xml f90',
  },
  { value: 'archives', label: 'files.kind.archives', endings: 'zip tar gz tgz bz2 xz 7z rar' },
] as const
type Kind = (typeof KINDS)[number]['value']

const termsFor = (channelId: string, words: string, kind: Kind): string => {
  const endings = KINDS.find(({ value }) => value === kind)?.endings ?? ''
  const filters = endings === '' ? [] : endings.split(' ').map((ending) => `ext:${ending}`)
  const prefixed = words
    .trim()
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => (/^[\p{L}\p{N}]+$/u.test(word) ? `${word}*` : word))
  return [`in:${channelId}`, ...filters, ...prefixed].join(' ')
}

const ask = async (channelId: string, words: string, kind: Kind, page: number): Promise<Page<FileInfo>> => {
  const teamId = client.channels.records.one(channelId)?.team_id || here.get().team?.id || ''
  const { order, file_infos } = await client.call(operations.filesInTeam, {
    params: { team_id: teamId },
    body: {
      terms: termsFor(channelId, words, kind),
      page,
      per_page: PER_PAGE,
      include_deleted_channels: true,
    },
  })
  return { items: order.flatMap((id) => file_infos[id] ?? []), hasMore: order.length === PER_PAGE }
}

/** The files of a channel, newest first, to search. */
export const FilesPane = ({ channelId }: { channelId: string }) => {
  const say = useText()
  const [words, setWords] = useState('')
  const [kind, setKind] = useState<Kind>('all')
  const { items, hasMore, isBusy, problem, more } = useFound(`${channelId} ${kind}`, words, (page) =>
    ask(channelId, words, kind, page),
  )
  return (
    <Pane title={say('files.inChannel')} onClose={closePane}>
      <div className={styles.filters}>
        <Field
          label={say('files.search')}
          type="search"
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
        <Select<Kind>
          label={say('files.kind')}
          value={kind}
          options={KINDS.map(({ value, label }) => ({ value, label: say(label) }))}
          onChange={setKind}
        />
      </div>
      <FormProblem text={problem} />
      {items?.length === 0 && !isBusy && (
        <EmptyState icon={Paperclip} title={say('files.none')}>
          {say(words === '' && kind === 'all' ? 'files.noneLead' : 'files.noneFound')}
        </EmptyState>
      )}
      <ul className={styles.list} aria-label={say('files.list')} aria-busy={isBusy}>
        {items?.map((file) => (
          <li key={file.id}>
            <Row file={file} all={items} />
          </li>
        ))}
      </ul>
      {isBusy && !items && <Busy />}
      {hasMore && (
        <div className={styles.more}>
          <Button kind="quiet" isBusy={isBusy} onClick={more}>
            {say('files.showMore')}
          </Button>
        </div>
      )}
    </Pane>
  )
}

const Row = ({ file, all }: { file: FileInfo; all: readonly FileInfo[] }) => {
  const say = useText()
  const intl = useIntl()
  const name = useSource(personName(file.user_id))
  const kind = kindOf(file)
  const date = intl.formatDate(file.create_at, { day: 'numeric', month: 'short', year: 'numeric' })
  useEffect(() => client.users.ensure([file.user_id]), [file.user_id])
  return (
    <button
      type="button"
      className={styles.row}
      aria-haspopup="dialog"
      onClick={() => viewer.open({ files: all, at: all.indexOf(file) })}
    >
      <FileLine
        name={file.name}
        kind={kind}
        picture={kind === 'picture' ? thumbnailUrl(file) : undefined}
        note={`${say('files.sharedBy', { name, date })} · ${sizeText(file.size, intl.locale)}`}
      />
    </button>
  )
}
