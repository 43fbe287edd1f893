import { Suspense, useEffect, useMemo, useState } from 'react'
import { isNotLoaded, reloadPage } from '../browser/faults.ts'
import { path } from '../browser/path.ts'
import { useSource } from '../browser/use-source.ts'
import { IntlProvider, type Messages } from '../i18n/intl.ts'
import { clock, type Language, language, loadTexts, messagesIn } from '../i18n/language.ts'
import { problemOf, speak, useText } from '../i18n/text.ts'
import { Entry } from '../platform/Entry.tsx'
import { afterMessages, later } from '../platform/later.ts'
import { session } from '../platform/session.ts'
import { Announcer } from '../ui/Announcer.tsx'
import { Busy } from '../ui/Busy.tsx'
import { Button } from '../ui/Button.tsx'
import { ErrorBoundary, type Failure } from '../ui/ErrorBoundary.tsx'
import { Layers } from '../ui/Layers.tsx'
import { lazily } from '../ui/lazily.tsx'
import { openPageAt } from './open-pages.ts'

/** Loaded separately: the sign-in page does not wait for the chat, which is loaded meanwhile. */
export const loadSignedIn = async () => {
  const [{ SignedIn }] = await Promise.all([import('./SignedIn.tsx'), loadTexts('chat')])
  return SignedIn
}
const SignedIn = lazily(loadSignedIn)
/** Whoever is signed in does not need it. */
const SignedOut = lazily(async () => (await import('./SignedOut.tsx')).SignedOut)

/** Nobody rests the pointer on a button before the messages are there. */
const Tooltips = lazily(async () => {
  await afterMessages
  return (await import('../ui/Tooltips.tsx')).Tooltips
})

const NewVersion = later(async () => (await import('./NewVersion.tsx')).NewVersion, afterMessages)

const FactorNeeded = later(
  async () => (await import('../features/people/security/FactorNeeded.tsx')).FactorNeeded,
)

/** The language, and the clock if one was chosen: all times of day on the page follow it. */
const localeOf = (of: Language, hours: string): string =>
  hours === '' ? of : `${of}-u-hc-${hours === 'true' ? 'h23' : 'h12'}`

type AppProps = { initial: { language: Language; messages: Messages } }

/** The page: in the reader's language, signed out or signed in. */
export const App = ({ initial }: AppProps) => {
  const current = useSource(language)
  const [loaded, setLoaded] = useState(initial)
  const locale = localeOf(loaded.language, useSource(clock))

  useEffect(() => {
    let isCurrent = true
    if (current !== loaded.language) {
      messagesIn(current).then(
        (messages) => {
          if (!isCurrent) return
          setLoaded({ language: current, messages })
        },
        // Keeps the current texts; the next change tries again.
        () => undefined,
      )
    }
    return () => {
      isCurrent = false
    }
  }, [current, loaded.language])

  // Before anything renders in that language.
  useMemo(() => speak(locale, loaded.messages), [locale, loaded.messages])

  useEffect(() => {
    document.documentElement.lang = loaded.language
  }, [loaded.language])

  return (
    <IntlProvider locale={locale} messages={loaded.messages}>
      <ErrorBoundary part="page" fallback={(failure) => <PageFailed {...failure} />}>
        <Screen />
      </ErrorBoundary>
      <ErrorBoundary part="layers" fallback={() => null}>
        <Announcer />
        <Layers />
      </ErrorBoundary>
      <ErrorBoundary part="extras" fallback={() => null}>
        <Suspense>
          <Tooltips />
          <NewVersion />
        </Suspense>
      </ErrorBoundary>
    </IntlProvider>
  )
}

/** In the place of the whole page. */
const PageFailed = ({ isNotLoaded, retry }: Failure) => {
  const say = useText()
  return (
    <Entry title={say('fault.page')} lead={isNotLoaded ? say('fault.notLoaded') : say('fault.pageLead')}>
      <Button kind="primary" onClick={retry}>
        {say('action.retry')}
      </Button>
      <Button onClick={reloadPage}>{say('update.reload')}</Button>
    </Entry>
  )
}

const Screen = () => {
  const say = useText()
  const phase = useSource(session.phase)
  const OpenPage = openPageAt(useSource(path))
  usePublicSettings(phase === 'signed-out' || phase === 'factor-needed')
  if (OpenPage) {
    return (
      <Suspense fallback={<Busy />}>
        <OpenPage />
      </Suspense>
    )
  }
  switch (phase) {
    case 'signed-out':
      return (
        <Suspense fallback={<Busy />}>
          <SignedOut />
        </Suspense>
      )
    case 'starting':
      return <Busy />
    case 'lost':
      return (
        <Entry
          title={say(isNotLoaded(session.problem.get()) ? 'fault.page' : 'entry.unreachable')}
          lead={problemOf(session.problem.get())}
        >
          <Button kind="primary" onClick={session.start}>
            {say('action.retry')}
          </Button>
          <Button onClick={reloadPage}>{say('update.reload')}</Button>
        </Entry>
      )
    case 'factor-needed':
      return (
        <Suspense fallback={<Busy />}>
          <FactorNeeded />
        </Suspense>
      )
    case 'ready':
      return (
        <Suspense fallback={<Busy />}>
          <SignedIn />
        </Suspense>
      )
  }
}

/** Without a session, the page asks for the settings that everybody may know, such as the server's name. */
const usePublicSettings = (isWanted: boolean): void => {
  const current = useSource(language)
  // biome-ignore lint/correctness/useExhaustiveDependencies: some settings are sentences in the reader's language
  useEffect(() => {
    // The sign-in page says what is wrong, and offers another try.
    if (isWanted) session.settings.loadPublic().catch(() => undefined)
  }, [isWanted, current])
}
