import { type TermsOfService, terms } from '@plausch/wire'
import { useEffect, useState } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { attempt, useText } from '../../../i18n/text.ts'
import { client, signOut } from '../../../platform/client.ts'
import { Entry } from '../../../platform/Entry.tsx'
import { Busy } from '../../../ui/Busy.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Markdown } from '../../../ui/markdown/Markdown.tsx'
import styles from './AcceptTerms.module.css'

/** The organisation's terms: whoever does not accept them is signed out. */
export const AcceptTerms = () => {
  const say = useText()
  const config = useSource(client.settings.config)
  const [text, setText] = useState<TermsOfService>()
  const [isBusy, setBusy] = useState(false)

  useEffect(() => {
    void attempt(async () => setText(await client.call(terms.latest)))
  }, [])

  const answer = async (accepted: boolean): Promise<void> => {
    if (!text) return
    setBusy(true)
    const body = { termsOfServiceId: text.id, accepted }
    const isTold = await attempt(() => client.call(terms.confirm, { params: { user_id: 'me' }, body }))
    if (isTold && accepted) await attempt(client.reload)
    if (isTold && !accepted) await attempt(signOut)
    setBusy(false)
  }

  if (!text) return <Busy />
  return (
    <Entry title={say('terms.title')} lead={say('terms.lead', { site: config.SiteName || 'Plausch' })}>
      <TermsText title={say('terms.title')} of={text} />
      <div className={styles.buttons}>
        <Button onClick={() => void answer(false)} disabled={isBusy}>
          {say('terms.refuse')}
        </Button>
        <Button kind="primary" isBusy={isBusy} onClick={() => void answer(true)}>
          {say('terms.accept')}
        </Button>
      </div>
    </Entry>
  )
}

/** A text that people must accept, as they see it. */
export const TermsText = ({ title, of }: { title: string; of: { text: string } }) => (
  <div className={styles.text} tabIndex={0} role="region" aria-label={title}>
    <Markdown owner={of} text={of.text} />
  </div>
)
