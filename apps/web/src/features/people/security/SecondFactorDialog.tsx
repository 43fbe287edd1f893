import { mfa } from '@plausch/wire'
import { useEffect, useState } from 'react'
import { notify } from '../../../browser/notices.ts'
import { problemOf, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Busy } from '../../../ui/Busy.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Field } from '../../../ui/Field.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import styles from './Security.module.css'

type Secret = { secret: string; qr_code: string }

const params = () => ({ params: { user_id: client.myId.get() } })

/** In groups of four, as people type it. */
const grouped = (secret: string): string => secret.replace(/(.{4})(?=.)/g, '$1 ')

/** Asks the server for a new secret, once. */
const useSecret = (isWanted: boolean): { secret: Secret | undefined; problem: string } => {
  const [secret, setSecret] = useState<Secret>()
  const [problem, setProblem] = useState('')
  useEffect(() => {
    if (!isWanted) return
    let isCurrent = true
    client.call(mfa.generate, params()).then(
      (made) => isCurrent && setSecret(made),
      (error: unknown) => isCurrent && setProblem(problemOf(error)),
    )
    return () => {
      isCurrent = false
    }
  }, [isWanted])
  return { secret, problem }
}

/** Sets up a second factor: an app scans the code and proves it with six digits. Or takes it away. */
export const SecondFactorDialog = ({ isActive, close }: { isActive: boolean; close(): void }) => {
  const say = useText()
  const { secret, problem: failed } = useSecret(!isActive)
  const [code, setCode] = useState('')
  const [problem, setProblem] = useState('')
  const [isBusy, setBusy] = useState(false)

  const save = async (): Promise<void> => {
    const digits = code.replace(/\s/g, '')
    if (!/^\d{6}$/.test(digits)) {
      setProblem(say('security.codeWrong'))
      return
    }
    setBusy(true)
    setProblem('')
    try {
      const body = isActive ? { activate: false, mfa_code: digits } : { activate: true, code: digits }
      await client.call(mfa.set, { ...params(), body })
      const me = client.me.get()
      if (me) client.users.put({ ...me, mfa_active: !isActive })
      notify('done', say(isActive ? 'security.factorRemoved' : 'security.factorAdded'))
      close()
    } catch (error) {
      setProblem(problemOf(error))
      setBusy(false)
    }
  }

  return (
    <Dialog
      title={say(isActive ? 'security.factorRemove' : 'security.factorAdd')}
      hint={say(isActive ? 'security.factorRemoveHint' : 'security.factorHint')}
      onClose={close}
      onSubmit={() => void save()}
      actions={
        <>
          <Button onClick={close}>{say('action.cancel')}</Button>
          <Button
            kind={isActive ? 'danger' : 'primary'}
            type="submit"
            isBusy={isBusy}
            disabled={!isActive && !secret}
          >
            {say(isActive ? 'security.factorRemoveSubmit' : 'security.factorAddSubmit')}
          </Button>
        </>
      }
    >
      <FormProblem text={failed} />
      {!isActive && (
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
      )}
      <Field
        label={say('security.code')}
        problem={problem}
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={8}
        value={code}
        onChange={(event) => setCode(event.target.value)}
      />
    </Dialog>
  )
}
