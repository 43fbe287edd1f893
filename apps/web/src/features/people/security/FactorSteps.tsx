import { useText } from '../../../i18n/text.ts'
import { Busy } from '../../../ui/Busy.tsx'
import { Field } from '../../../ui/Field.tsx'
import styles from './Security.module.css'
import type { Secret, useFactor } from './use-factor.ts'

/** In groups of four, as people type it. */
const grouped = (secret: string): string => secret.replace(/(.{4})(?=.)/g, '$1 ')

/** How an app gets the secret, which may still be on its way. */
export const FactorSteps = ({ secret }: { secret: Secret | undefined }) => {
  const say = useText()
  return (
    <ol className={styles.steps}>
      <li>
        <p>{say('security.scan')}</p>
        <div className={styles.code}>
          {secret ? (
            <img src={`data:image/png;base64,${secret.qr_code}`} alt={say('security.qr')} />
          ) : (
            <Busy />
          )}
        </div>
        <p className={styles.soft}>
          {say('security.typeSecret')}
          <br />
          <code>{grouped(secret?.secret ?? '')}</code>
        </p>
      </li>
      <li>{say('security.confirmCode')}</li>
    </ol>
  )
}

/** The six digits that the app shows. */
export const CodeField = (field: ReturnType<typeof useFactor>['field']) => {
  const say = useText()
  return (
    <Field
      {...field}
      label={say('security.code')}
      inputMode="numeric"
      autoComplete="one-time-code"
      maxLength={8}
    />
  )
}
