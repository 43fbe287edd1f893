/**
 * The media type of a file: from its content if that is recognised, otherwise from the extension of its name.
 */

const byEnding: Record<string, string> = {
  ...{ jpg: 'image/jpeg', jpeg: 'image/jpeg', png: 'image/png', gif: 'image/gif', webp: 'image/webp' },
  ...{ bmp: 'image/bmp', tif: 'image/tiff', tiff: 'image/tiff', avif: 'image/avif', heic: 'image/heic' },
  ...{ svg: 'image/svg+xml', ico: 'image/x-icon', psd: 'image/vnd.adobe.photoshop' },
  ...{
    mp4: 'video/mp4',
    m4v: 'video/mp4',
    webm: 'video/webm',
    mov: 'video/quicktime',
    avi: 'video/x-msvideo',
  },
  ...{ mkv: 'video/x-matroska', mpg: 'video/mpeg', mpeg: 'video/mpeg', ogv: 'video/ogg' },
  ...{ mp3: 'audio/mpeg', m4a: 'audio/mp4', ogg: 'audio/ogg', oga: 'audio/ogg', opus: 'audio/ogg' },
  ...{ wav: 'audio/wav', flac: 'audio/flac', aac: 'audio/aac', mid: 'audio/midi' },
  ...{ pdf: 'application/pdf', rtf: 'application/rtf', epub: 'application/epub+zip' },
  ...{ doc: 'application/msword', xls: 'application/vnd.ms-excel', ppt: 'application/vnd.ms-powerpoint' },
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  odt: 'application/vnd.oasis.opendocument.text',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  odp: 'application/vnd.oasis.opendocument.presentation',
  ...{ txt: 'text/plain', text: 'text/plain', log: 'text/plain', md: 'text/markdown', csv: 'text/csv' },
  ...{ html: 'text/html', htm: 'text/html', css: 'text/css', xml: 'text/xml', ics: 'text/calendar' },
  ...{
    js: 'text/javascript',
    mjs: 'text/javascript',
    ts: 'text/plain',
    tsx: 'text/plain',
    py: 'text/x-python',
  },
  ...{
    c: 'text/x-c',
    h: 'text/x-c',
    cpp: 'text/x-c',
    rs: 'text/plain',
    go: 'text/plain',
    java: 'text/x-java',
  },
  ...{ sh: 'application/x-sh', json: 'application/json', yaml: 'application/yaml', yml: 'application/yaml' },
  ...{
    zip: 'application/zip',
    gz: 'application/gzip',
    tar: 'application/x-tar',
    '7z': 'application/x-7z-compressed',
  },
  ...{ rar: 'application/vnd.rar', jar: 'application/java-archive', exe: 'application/x-msdownload' },
  ...{ apk: 'application/vnd.android.package-archive', wasm: 'application/wasm', eml: 'message/rfc822' },
  ...{ ttf: 'font/ttf', otf: 'font/otf', woff: 'font/woff', woff2: 'font/woff2' },
}

type Signs = (content: string) => boolean

/** Matches if one of these byte sequences starts at the offset. */
const at =
  (offset: number, ...words: string[]): Signs =>
  (content) =>
    words.some((word) => content.startsWith(word, offset))

const both =
  (one: Signs, other: Signs): Signs =>
  (content) =>
    one(content) && other(content)

const within =
  (end: number, word: string): Signs =>
  (content) =>
    content.slice(0, end).includes(word)

/** Types by their first bytes, read as latin1. More specific types come first. */
const beginnings: readonly [type: string, signs: Signs][] = [
  ['image/jpeg', at(0, '\xff\xd8\xff')],
  ['image/png', at(0, '\x89PNG\r\n\x1a\n')],
  ['image/gif', at(0, 'GIF87a', 'GIF89a')],
  ['image/webp', both(at(0, 'RIFF'), at(8, 'WEBP'))],
  ['image/bmp', both(at(0, 'BM'), at(6, '\0\0\0\0'))],
  ['image/tiff', at(0, 'II*\0', 'MM\0*')],
  ['image/avif', at(4, 'ftypavif', 'ftypavis')],
  ['image/heic', at(4, 'ftypheic', 'ftypheix', 'ftypmif1', 'ftypmsf1')],
  ['video/quicktime', at(4, 'ftypqt ')],
  ['audio/mp4', at(4, 'ftypM4A ', 'ftypM4B ')],
  ['video/mp4', at(4, 'ftypiso', 'ftypmp4', 'ftypavc1', 'ftypM4V ', 'ftypdash', 'ftyp3gp', 'ftypf4v ')],
  ['video/webm', both(at(0, '\x1a\x45\xdf\xa3'), within(64, 'webm'))],
  ['video/x-matroska', at(0, '\x1a\x45\xdf\xa3')],
  ['video/x-msvideo', both(at(0, 'RIFF'), at(8, 'AVI '))],
  ['video/mpeg', at(0, '\0\0\x01\xb3', '\0\0\x01\xba')],
  ['audio/wav', both(at(0, 'RIFF'), at(8, 'WAVE'))],
  ['audio/ogg', at(0, 'OggS')],
  ['audio/flac', at(0, 'fLaC')],
  ['audio/aac', at(0, '\xff\xf1', '\xff\xf9')],
  ['audio/mpeg', at(0, 'ID3', '\xff\xe2', '\xff\xe3', '\xff\xf2', '\xff\xf3', '\xff\xfa', '\xff\xfb')],
  ['application/pdf', at(0, '%PDF-')],
]

export const UNKNOWN = 'application/octet-stream'

/** The number of bytes that the check reads. */
export const HEAD_BYTES = 512

/** The type by the first bytes; '' if they are not recognised. */
export const typeOfContent = (head: Uint8Array): string => {
  const content = Buffer.from(head).toString('latin1')
  return beginnings.find(([, signs]) => signs(content))?.[0] ?? ''
}

const familyOf = (type: string) => type.split('/')[0] ?? ''

/** Audio and video share their container formats. */
const isPlayed = (type: string) => ['audio', 'video'].includes(familyOf(type))

/** Types that a browser would act on: a name alone does not give a file one of them. */
const needsContent = (type: string) =>
  (familyOf(type) === 'image' && type !== 'image/svg+xml') || isPlayed(type) || type === 'application/pdf'

/** The type of a file with this extension (without a dot, in lower case) and these first bytes. */
export const typeOf = (ending: string, head: Uint8Array): string => {
  const byName = Object.hasOwn(byEnding, ending) ? (byEnding[ending] ?? UNKNOWN) : UNKNOWN
  const byContent = typeOfContent(head)
  if (byContent === '') return needsContent(byName) ? UNKNOWN : byName
  return isPlayed(byContent) && isPlayed(byName) ? byName : byContent
}

/** Picture types that the server can decode. */
const pictures = ['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/tiff', 'image/avif']

export const isPicture = (type: string): boolean => pictures.includes(type)

/**
 * Types that browsers may display inline; they download everything else. Never markup: it could act in the
 * name of this site.
 */
const inPlace = new Set([
  ...['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/bmp', 'image/avif', 'image/tiff'],
  ...['video/mp4', 'video/webm', 'video/quicktime', 'video/ogg', 'video/mpeg', 'video/x-msvideo'],
  ...['audio/mpeg', 'audio/mp4', 'audio/ogg', 'audio/wav', 'audio/flac', 'audio/aac', 'application/pdf'],
])

export const isShownInPlace = (type: string): boolean => inPlace.has(type)
