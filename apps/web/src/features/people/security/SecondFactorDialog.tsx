import { notify } from '../../../browser/notices.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { FormDialog } from '../../../ui/FormDialog.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { CodeField, FactorSteps } from './FactorSteps.tsx'
import { useFactor } from './use-factor.ts'

/** Sets up a second factor: an app scans the code and proves it with six digits. Or takes it away. */
export const SecondFactorDialog = ({ isActive, close }: { isActive: boolean; close(): void }) => {
  const say = useText()
  const { secret, failure, save, field } = useFactor(isActive, () => {
    const me = client.me.get()
    if (me) client.users.put({ ...me, mfa_active: !isActive })
    notify('done', say(isActive ? 'security.factorRemoved' : 'security.factorAdded'))
  })

  return (
    <FormDialog
      title={say(isActive ? 'security.factorRemove' : 'security.factorAdd')}
      hint={say(isActive ? 'security.factorRemoveHint' : 'security.factorHint')}
      submitLabel={say(isActive ? 'security.factorRemoveSubmit' : 'security.factorAddSubmit')}
      isDanger={isActive}
      isDisabled={!isActive && !secret}
      submit={save}
      onClose={close}
    >
      <FormProblem text={failure} />
      {!isActive && <FactorSteps secret={secret} />}
      <CodeField {...field} />
    </FormDialog>
  )
}
