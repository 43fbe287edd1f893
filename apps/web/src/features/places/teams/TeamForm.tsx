import { type FormEvent, useState } from 'react'
import { problemOf, useText } from '../../../i18n/text.ts'
import { Button } from '../../../ui/Button.tsx'
import { Field } from '../../../ui/Field.tsx'
import form from '../../../ui/Form.module.css'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { slugOf } from '../../../ui/slug.ts'

type TeamFormProps = {
  submitLabel: string
  create(name: string, displayName: string): Promise<unknown>
}

/** The name of a team, and its URL, which follows the name until somebody changes it. */
export const TeamForm = ({ submitLabel, create }: TeamFormProps) => {
  const say = useText()
  const [displayName, setDisplayName] = useState('')
  const [ownAddress, setOwnAddress] = useState<string>()
  const [problem, setProblem] = useState('')
  const [isBusy, setBusy] = useState(false)
  const address = ownAddress ?? slugOf(displayName)

  const submit = async (): Promise<void> => {
    if (displayName.trim() === '') {
      setProblem(say('team.nameMissing'))
      return
    }
    setBusy(true)
    setProblem('')
    try {
      await create(address, displayName.trim())
    } catch (error) {
      setProblem(problemOf(error))
      setBusy(false)
    }
  }

  const onSubmit = (event: FormEvent): void => {
    event.preventDefault()
    void submit()
  }

  return (
    <form className={form.form} noValidate onSubmit={onSubmit}>
      <FormProblem text={problem} />
      <Field
        label={say('team.name')}
        hint={say('team.nameHint')}
        maxLength={64}
        autoFocus
        autoComplete="organization"
        value={displayName}
        onChange={(event) => setDisplayName(event.target.value)}
      />
      <Field
        label={say('team.address')}
        prefix={`${location.host}/`}
        maxLength={64}
        autoCapitalize="none"
        autoComplete="off"
        spellCheck={false}
        value={address}
        onChange={(event) => setOwnAddress(event.target.value.toLowerCase())}
      />
      <Button kind="primary" type="submit" isBusy={isBusy}>
        {submitLabel}
      </Button>
    </form>
  )
}
