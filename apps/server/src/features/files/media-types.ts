/** What a file is: by its content where that is known, else by the ending of its name. */

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

/** The beginnings of contents: at an offset, in latin1. */
const beginnings: readonly [type: string, offset: number, signs: RegExp][] = [
  ['image/jpeg', 0, /^\xff\xd8\xff/],
  ['image/png', 0, /^\x89PNG\r\n\x1a\n/],
  ['image/gif', 0, /^GIF8[79]a/],
  ['image/webp', 0, /^RIFF[^]{4}WEBP/],
  ['image/bmp', 0, /^BM[^]{4}\0\0\0\0/],
  ['image/tiff', 0, /^(II\*\0|MM\0\*)/],
  ['image/avif', 4, /^ftypavi[fs]/],
  ['image/heic', 4, /^ftyp(hei[cx]|mif1|msf1)/],
  ['video/quicktime', 4, /^ftypqt /],
  ['audio/mp4', 4, /^ftypM4[AB] /],
  ['video/mp4', 4, /^ftyp(isom|iso[2-9]|mp4[12]|avc1|M4V |dash|3gp|f4v )/],
  ['video/webm', 0, /^\x1a\x45\xdf\xa3[^]{0,60}webm/],
  ['video/x-matroska', 0, /^\x1a\x45\xdf\xa3/],
  ['video/x-msvideo', 0, /^RIFF[^]{4}AVI /],
  ['video/mpeg', 0, /^\0\0\x01[\xb3\xba]/],
  ['audio/wav', 0, /^RIFF[^]{4}WAVE/],
  ['audio/ogg', 0, /^OggS/],
  ['audio/flac', 0, /^fLaC/],
  ['audio/aac', 0, /^\xff[\xf1\xf9]/],
  ['audio/mpeg', 0, /^(ID3|\xff[\xe2\xe3\xf2\xf3\xfa\xfb])/],
  ['application/pdf', 0, /^%PDF-/],
]

export const UNKNOWN = 'application/octet-stream'

/** As many bytes as are looked at. */
export const HEAD_BYTES = 512

/** By the first bytes; '' where they say nothing. */
export const typeOfContent = (head: Uint8Array): string => {
  const text = Buffer.from(head).toString('latin1')
  return beginnings.find(([, offset, signs]) => signs.test(text.slice(offset)))?.[0] ?? ''
}

const familyOf = (type: string) => type.split('/')[0] ?? ''

/** Sound and film share their containers. */
const isPlayed = (type: string) => ['audio', 'video'].includes(familyOf(type))

/** Types that a browser would do something with: a name alone does not make a file one of them. */
const needsContent = (type: string) =>
  (familyOf(type) === 'image' && type !== 'image/svg+xml') || isPlayed(type) || type === 'application/pdf'

/** The type of a file with this ending (without a dot, in lower case) and these first bytes. */
export const typeOf = (ending: string, head: Uint8Array): string => {
  const byName = Object.hasOwn(byEnding, ending) ? (byEnding[ending] ?? UNKNOWN) : UNKNOWN
  const byContent = typeOfContent(head)
  if (byContent === '') return needsContent(byName) ? UNKNOWN : byName
  return isPlayed(byContent) && isPlayed(byName) ? byName : byContent
}

/** Pictures that can be decoded here. */
const pictures = ['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/tiff', 'image/avif']

export const isPicture = (type: string): boolean => pictures.includes(type)

/** What browsers may show in place; everything else is saved. Never markup: it could act in our name. */
const inPlace = new Set([
  ...['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/bmp', 'image/avif', 'image/tiff'],
  ...['video/mp4', 'video/webm', 'video/quicktime', 'video/ogg', 'video/mpeg', 'video/x-msvideo'],
  ...['audio/mpeg', 'audio/mp4', 'audio/ogg', 'audio/wav', 'audio/flac', 'audio/aac', 'application/pdf'],
])

export const isShownInPlace = (type: string): boolean => inPlace.has(type)
