import type { ReactNode } from 'react'
import { I18nProvider } from 'react-aria-components/I18nProvider'
import { useIntl } from '../i18n/intl.ts'

/** Makes react-aria speak the reader's language rather than that of the browser. */
export const AriaLanguage = ({ children }: { children: ReactNode }) => (
  <I18nProvider locale={useIntl().locale === 'de' ? 'de-DE' : 'en-US'}>{children}</I18nProvider>
)
