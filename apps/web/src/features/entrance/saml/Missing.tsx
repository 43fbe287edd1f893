import { CircleCheck } from 'lucide-react'
import { type TextId, useText } from '../../../i18n/text.ts'
import styles from '../../../platform/console/Settings.module.css'

type MissingProps = {
  texts: readonly TextId[]
  /** People are offered it: then it is a failure. */
  isOn: boolean
}

/** What is missing for sign-ins to work, as the form is filled in now. */
export const Missing = ({ texts, isOn }: MissingProps) => {
  const say = useText()
  if (texts.length === 0)
    return (
      <p className={styles.good}>
        <CircleCheck size={16} strokeWidth={2} aria-hidden /> {say(isOn ? 'saml.works' : 'saml.complete')}
      </p>
    )
  return (
    <div className={styles.missing} data-failing={isOn || undefined}>
      <p id="saml-missing">{say('saml.missing', { count: texts.length })}</p>
      <ul aria-labelledby="saml-missing">
        {texts.map((text) => (
          <li key={text}>{say(text)}</li>
        ))}
      </ul>
    </div>
  )
}
