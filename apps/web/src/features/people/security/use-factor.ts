/** Sets up a second factor, or takes it away. */
import { mfa } from '@plausch/wire'
import { useEffect, useState } from 'react'
import { problemOf, useText } from '../../../i18n/text.ts'
import { session } from '../../../platform/session.ts'
import { useForm } from '../../../ui/use-form.ts'

export type Secret = { secret: string; qr_code: string }

const params = { user_id: 'me' }

/** Asks the server for a new secret, once. */
const useSecret = (isWanted: boolean): { secret: Secret | undefined; failure: string } => {
  const [secret, setSecret] = useState<Secret>()
  const [failure, setFailure] = useState('')
  useEffect(() => {
    if (!isWanted) return
    let isCurrent = true
    session.call(mfa.generate, { params }).then(
      (made) => isCurrent && setSecret(made),
      (error: unknown) => isCurrent && setFailure(problemOf(error)),
    )
    return () => {
      isCurrent = false
    }
  }, [isWanted])
  return { secret, failure }
}

const digitsOf = (code: string): string => code.replace(/\s/g, '')

/** `isActive`: there is one, which is to be taken away. `done` is called after the server has agreed. */
export const useFactor = (isActive: boolean, done: () => void) => {
  const say = useText()
  /** `failure`: why there is no secret. */
  const { secret, failure } = useSecret(!isActive)
  const form = useForm(
    { code: '' },
    {
      check: ({ code }) => ({ code: /^\d{6}$/.test(digitsOf(code)) ? '' : say('security.codeWrong') }),
      refusals: { '': 'code' },
    },
  )
  const save = form.checked(async ({ code }) => {
    const digits = digitsOf(code)
    const body = isActive ? { activate: false, mfa_code: digits } : { activate: true, code: digits }
    await session.call(mfa.set, { params, body })
    done()
  })
  return { secret, failure, save, field: form.text('code') }
}
