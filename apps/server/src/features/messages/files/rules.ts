/** Which names a file may have, and how other names are cleaned. */
import { Fault } from '../../../core/faults.ts'
import type { Server } from '../../../core/server.ts'

const MAX_NAME = 255
const MAX_ENDING = 32

/**
 * Control characters, and characters that change the writing direction: they could make one name look like
 * another.
 */
const treacherous = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu

/** The extension in lower case, without the dot; '' for none. */
export const endingOf = (name: string): string => {
  const [, ending = ''] = /[^.]\.([^.]+)$/.exec(name) ?? []
  return ending.length <= MAX_ENDING ? ending.toLowerCase() : ''
}

/** The last part of the path that the client sent, without unreadable characters, cut to the longest name. */
export const cleanName = (sent: string): string => {
  const last = sent.toWellFormed().split(/[/\\]/).at(-1) ?? ''
  const name = last.replaceAll(treacherous, '').normalize('NFC').trim()
  if (name === '' || /^\.+$/.test(name)) return 'file'
  const signs = [...name]
  if (signs.length <= MAX_NAME) return name
  const ending = endingOf(name)
  const tail = ending === '' ? '' : `.${ending}`
  return signs.slice(0, MAX_NAME - [...tail].length).join('') + tail
}

export const checkEnabled = (server: Server): void => {
  if (!server.settings().FileSettings.EnableFileAttachments) throw new Fault('files.disabled')
}

export const tooLarge = (server: Server): Fault =>
  new Fault('files.too_large', { max: server.settings().FileSettings.MaxFileSize })
