import { notify } from '../../../browser/notices.ts'
import { useSource } from '../../../browser/use-source.ts'
import { attempt, useText } from '../../../i18n/text.ts'
import { signOut } from '../../../platform/client.ts'
import { Entry } from '../../../platform/Entry.tsx'
import { session } from '../../../platform/session.ts'
import { Button } from '../../../ui/Button.tsx'
import { Form } from '../../../ui/Form.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { CodeField, FactorSteps } from './FactorSteps.tsx'
import { useFactor } from './use-factor.ts'

/** The server enforces second factors: before anything else, the person sets one up. */
export const FactorNeeded = () => {
  const say = useText()
  const config = useSource(session.settings.config)
  const { secret, failure, save, field } = useFactor(false, () => {
    notify('done', say('security.factorAdded'))
    session.start()
  })
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
      <Form submit={save} submitLabel={say('security.factorAddSubmit')} isDisabled={!secret}>
        <FormProblem text={failure} />
        <FactorSteps secret={secret} />
        <CodeField {...field} />
      </Form>
    </Entry>
  )
}
