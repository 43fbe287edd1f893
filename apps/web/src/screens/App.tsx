import { lazy, Suspense, useEffect, useState } from 'react'
import { IntlProvider } from 'react-intl'
import { useSource } from '../browser/use-source.ts'
import { type Language, language, loadTexts, type Messages, messagesIn } from '../i18n/language.ts'
import { speak, useText } from '../i18n/text.ts'
import { session } from '../platform/session.ts'
import { Announcer } from '../ui/Announcer.tsx'
import { Busy } from '../ui/Busy.tsx'
import { Button } from '../ui/Button.tsx'
import { Notices } from '../ui/Notices.tsx'
import { Entry } from './Entry.tsx'
import { SignedOut } from './SignedOut.tsx'

/** Loaded separately: the sign-in page does not wait for the chat, which is loaded meanwhile. */
export const loadSignedIn = async () => {
  const [{ SignedIn }] = await Promise.all([import('./SignedIn.tsx'), loadTexts('chat')])
  return { default: SignedIn }
}
const SignedIn = lazy(loadSignedIn)

type AppProps = { initial: { language: Language; messages: Messages } }

/** The page: in the reader's language, signed out or signed in. */
export const App = ({ initial }: AppProps) => {
  const current = useSource(language)
  const [loaded, setLoaded] = useState(initial)

  useEffect(() => {
    let isCurrent = true
    if (current !== loaded.language) {
      messagesIn(current).then(
        (messages) => {
          if (!isCurrent) return
          speak(current, messages)
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

  useEffect(() => {
    document.documentElement.lang = loaded.language
  }, [loaded.language])

  return (
    <IntlProvider locale={loaded.language} messages={loaded.messages}>
      <Screen />
      <Announcer />
      <Notices />
    </IntlProvider>
  )
}

const Screen = () => {
  const say = useText()
  const phase = useSource(session.phase)
  switch (phase) {
    case 'signed-out':
      return <SignedOut />
    case 'starting':
      return <Busy />
    case 'lost':
      return (
        <Entry
          title={say('entry.unreachable')}
          lead={session.problem.get()?.message || say('problem.offline')}
        >
          <Button kind="primary" onClick={session.start}>
            {say('action.retry')}
          </Button>
        </Entry>
      )
    case 'ready':
      return (
        <Suspense fallback={<Busy />}>
          <SignedIn />
        </Suspense>
      )
  }
}
