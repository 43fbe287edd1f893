/** Texts of the interface by their id; the compiler checks the ids. */
import { ApiFault } from '@plausch/client'
import { useCallback } from 'react'
import { isNotLoaded, reloadPage } from '../browser/faults.ts'
import { notify } from '../browser/notices.ts'
import type { TextId } from './catalogue.ts'
import { createIntl, type IntlShape, type Messages, type TextValues, useIntl } from './intl.ts'

export type { TextId } from './catalogue.ts'
export type { TextValues } from './intl.ts'
export type Say = (id: TextId, values?: TextValues) => string

let intl: IntlShape | undefined

/** Sets the language of `say`; the page does this before it renders in that language. */
export const speak = (locale: string, messages: Messages): void => {
  intl = createIntl(locale, messages)
}

/** A text in the reader's language, for code outside of components: components must `useText`. */
export const say: Say = (id, values) => intl?.formatMessage(id, values) ?? id

/** Returns a function for texts in the reader's language. */
export const useText = (): Say => {
  const own = useIntl()
  return useCallback((id, values) => own.formatMessage(id, values), [own])
}

/** The id of a refusal of the server; '' for another failure. */
export const faultId = (error: unknown): string => (error instanceof ApiFault ? error.id : '')

/** What to tell people about a failure: the server's own message if there is one. */
export const problemOf = (error: unknown): string => {
  if (isNotLoaded(error)) return say('fault.notLoaded')
  if (!(error instanceof ApiFault)) return say('problem.unknown')
  return error.status === 0 ? say('problem.offline') : error.message || say('problem.unknown')
}

/** Runs work and shows a notice if it fails; resolves with whether it succeeded. */
export const attempt = async (work: () => unknown): Promise<boolean> => {
  try {
    await work()
    return true
  } catch (error) {
    notify(
      'failed',
      problemOf(error),
      isNotLoaded(error) ? { label: say('update.reload'), run: reloadPage } : undefined,
    )
    return false
  }
}
