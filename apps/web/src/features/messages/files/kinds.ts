/** What kind of file something is: it decides the icon, and how the file is shown. */
import type { FileInfo } from '@plausch/wire'
import {
  File,
  FileArchive,
  FileAudio,
  FileCode,
  FileImage,
  FileSpreadsheet,
  FileText,
  FileVideo,
  type LucideIcon,
  Presentation,
} from 'lucide-react'
import type { TextId } from '../../../i18n/text.ts'

export type FileKind =
  | 'picture'
  | 'video'
  | 'audio'
  | 'pdf'
  | 'text'
  | 'code'
  | 'document'
  | 'sheet'
  | 'slides'
  | 'archive'
  | 'other'

/** Pictures that every browser draws. SVG is not among them: the server sends it only for download. */
const PICTURES = ['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/avif', 'image/bmp']
const VIDEOS = ['video/mp4', 'video/webm', 'video/ogg', 'video/quicktime']
const SOUNDS = ['audio/mpeg', 'audio/mp4', 'audio/ogg', 'audio/wav', 'audio/flac', 'audio/aac']

const ENDINGS: Record<string, FileKind> = Object.fromEntries(
  (
    [
      ['text', 'txt text log md markdown csv tsv ics tex bib rst org eml'],
      [
        'code',
        'js mjs cjs ts tsx jsx py c h cc cpp hpp rs go java kt rb php pl sh bash zsh sql json yaml yml',
      ],
      [
        'code',
        'toml ini cfg conf xml html htm css scss lua r m f f90 f95 jl swift cs vue diff patch dockerfile',
      ],
      ['document', 'doc docx odt rtf pages epub'],
      ['sheet', 'xls xlsx ods numbers'],
      ['slides', 'ppt pptx odp key'],
      ['archive', 'zip gz tar tgz bz2 xz 7z rar zst'],
    ] as const
  ).flatMap(([kind, endings]) => endings.split(' ').map((ending) => [ending, kind])),
)

type Told = Pick<FileInfo, 'mime_type' | 'extension'>

export const kindOf = ({ mime_type, extension }: Told): FileKind => {
  const [type = ''] = mime_type.split(';')
  if (PICTURES.includes(type)) return 'picture'
  if (VIDEOS.includes(type)) return 'video'
  if (SOUNDS.includes(type)) return 'audio'
  if (type === 'application/pdf') return 'pdf'
  return ENDINGS[extension.toLowerCase()] ?? (type.startsWith('text/') ? 'text' : 'other')
}

export const kindIcon: Record<FileKind, LucideIcon> = {
  picture: FileImage,
  video: FileVideo,
  audio: FileAudio,
  pdf: FileText,
  text: FileText,
  code: FileCode,
  document: FileText,
  sheet: FileSpreadsheet,
  slides: Presentation,
  archive: FileArchive,
  other: File,
}

export const kindName: Record<FileKind, TextId> = {
  picture: 'files.picture',
  video: 'files.video',
  audio: 'files.audio',
  pdf: 'files.pdf',
  text: 'files.text',
  code: 'files.code',
  document: 'files.document',
  sheet: 'files.sheet',
  slides: 'files.slides',
  archive: 'files.archive',
  other: 'files.other',
}

/** The ending of a name, without its dot. */
export const endingOf = (name: string): string => /\.([^.]{1,12})$/.exec(name)?.[1]?.toLowerCase() ?? ''
