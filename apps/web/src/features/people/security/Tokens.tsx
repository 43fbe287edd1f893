import { everyPage } from '@plausch/client'
import { tokens as operations, type UserAccessToken } from '@plausch/wire'
import { KeyRound } from 'lucide-react'
import { useCallback, useEffect, useRef, useState } from 'react'
import { notify } from '../../../browser/notices.ts'
import { attempt, problemOf, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Button } from '../../../ui/Button.tsx'
import { Field } from '../../../ui/Field.tsx'
import { Form } from '../../../ui/Form.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import list from '../../../ui/List.module.css'
import { useForm } from '../../../ui/use-form.ts'
import { revokeTokenDialog } from './dialogs.ts'
import { focusLater } from './focus.ts'
import styles from './Security.module.css'

const PAGE = 200

/** Personal access tokens: what each is for; a new one is shown once. */
export const Tokens = ({ userId }: { userId: string }) => {
  const say = useText()
  const [all, setAll] = useState<readonly UserAccessToken[]>([])
  const [made, setMade] = useState<UserAccessToken>()
  const [problem, setProblem] = useState('')
  const heading = useRef<HTMLHeadingElement>(null)
  const params = { user_id: userId }

  const load = useCallback(async (): Promise<void> => {
    try {
      setAll(
        await everyPage(PAGE, (query) =>
          client.call(operations.list, { params: { user_id: userId }, query }),
        ),
      )
    } catch (error) {
      setProblem(problemOf(error))
    }
  }, [userId])
  useEffect(() => void load(), [load])

  const create = async (description: string): Promise<void> => {
    setMade(await client.call(operations.create, { params, body: { description } }))
    await load()
  }
  const revoke = async (token: UserAccessToken): Promise<void> => {
    await client.call(operations.revoke, { body: { token_id: token.id } })
    if (made?.id === token.id) setMade(undefined)
    await load()
  }

  return (
    <div className={styles.form}>
      <div>
        <h4 ref={heading} tabIndex={-1}>
          {say('security.tokens')}
        </h4>
        <p className={styles.soft}>{say('security.tokensHint')}</p>
      </div>
      <FormProblem text={problem} />
      <ul className={list.list}>
        {all.map((token) => (
          <li key={token.id} className={list.row}>
            <KeyRound size={18} strokeWidth={1.75} aria-hidden />
            <span className={list.words}>
              <span className={list.name}>{token.description}</span>
            </span>
            <Button
              kind="quiet"
              aria-label={say('security.revokeNamed', { name: token.description })}
              onClick={() =>
                revokeTokenDialog.open({
                  description: token.description,
                  run: () => revoke(token),
                  closed: () => focusLater(heading),
                })
              }
            >
              {say('security.revoke')}
            </Button>
          </li>
        ))}
      </ul>
      {made?.token && <Secret token={made.token} />}
      <NewToken create={create} />
    </div>
  )
}

/** The token itself. Nobody can show it again, not even the server. */
const Secret = ({ token }: { token: string }) => {
  const say = useText()
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(token)
    notify('done', say('security.tokenCopied'))
  }
  return (
    <div className={styles.secret} role="status">
      <Field
        label={say('security.newToken')}
        hint={say('security.shownOnce')}
        readOnly
        value={token}
        onFocus={(event) => event.target.select()}
      />
      <Button onClick={() => void attempt(copy)}>{say('security.copy')}</Button>
    </div>
  )
}

const NewToken = ({ create }: { create(description: string): Promise<void> }) => {
  const say = useText()
  const form = useForm(
    { name: '' },
    { check: ({ name }) => ({ name: name.trim() === '' ? say('security.tokenNameMissing') : '' }) },
  )
  const save = form.checked(async ({ name }) => {
    await create(name.trim())
    form.set({ name: '' })
  })
  return (
    <Form submit={save} submitLabel={say('security.createToken')} buttons="start" kind="plain">
      <Field
        {...form.text('name')}
        label={say('security.tokenName')}
        hint={say('security.tokenNameHint')}
        maxLength={255}
      />
    </Form>
  )
}
