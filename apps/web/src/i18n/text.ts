/** Texts of the interface by their id; the compiler checks the ids. */
import { useCallback } from 'react'
import { useIntl } from 'react-intl'
import { notify, problemText } from '../platform/notices.ts'
import type catalogue from './en.json'

export type TextId = keyof typeof catalogue
export type TextValues = Record<string, string | number | boolean>
export type Say = (id: TextId, values?: TextValues) => string

/** Returns a function for texts in the reader's language. */
export const useText = (): Say => {
  const intl = useIntl()
  return useCallback((id, values) => intl.formatMessage({ id }, values), [intl])
}

/** Runs work and shows a notice if it fails; resolves with whether it succeeded. */
export const useAttempt = (): ((work: () => Promise<unknown>) => Promise<boolean>) => {
  const say = useText()
  return useCallback(
    async (work) => {
      try {
        await work()
        return true
      } catch (error) {
        notify('failed', problemText(error, say('problem.offline'), say('problem.unknown')))
        return false
      }
    },
    [say],
  )
}
