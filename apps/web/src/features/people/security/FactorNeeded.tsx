import type { FormEvent } from 'react'
import { notify } from '../../../browser/notices.ts'
import { useSource } from '../../../browser/use-source.ts'
import { attempt, useText } from '../../../i18n/text.ts'
import { signOut } from '../../../platform/client.ts'
import { Entry } from '../../../platform/Entry.tsx'
import { session } from '../../../platform/session.ts'
import { Button } from '../../../ui/Button.tsx'
import form from '../../../ui/Form.module.css'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { CodeField, FactorSteps } from './FactorSteps.tsx'
import { useFactor } from './use-factor.ts'

/** The server enforces second factors: before anything else, the person sets one up. */
export const FactorNeeded = () => {
  const say = useText()
  const config = useSource(session.settings.config)
  const { secret, failure, isBusy, save, ...field } = useFactor(false, () => {
    notify('done', say('security.factorAdded'))
    session.start()
  })
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault()
    void save()
  }
  return (
    <Entry
      title={say('security.factorAdd')}
      lead={say('security.factorNeeded', { site: config.SiteName || 'Plausch' })}
      foot={
        <p>
          <Button kind="quiet" onClick={() => void attempt(signOut)}>
            {say('user.signOut')}
          </Button>
        </p>
      }
    >
      <form className={form.form} noValidate onSubmit={onSubmit}>
        <FormProblem text={failure} />
        <FactorSteps secret={secret} />
        <CodeField {...field} />
        <Button kind="primary" type="submit" isBusy={isBusy} disabled={!secret}>
          {say('security.factorAddSubmit')}
        </Button>
      </form>
    </Entry>
  )
}
