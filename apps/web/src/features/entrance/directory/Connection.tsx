import { directory as operations } from '@plausch/wire'
import { CircleCheck } from 'lucide-react'
import { useState } from 'react'
import { notify } from '../../../browser/notices.ts'
import { problemOf, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import type { Configuration } from '../../../platform/console/configuration.ts'
import { Section } from '../../../platform/console/PageFrame.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Checkbox } from '../../../ui/Checkbox.tsx'
import { Area, Choice, Field } from '../../../ui/Field.tsx'
import { Form } from '../../../ui/Form.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { PasswordField } from '../../../ui/PasswordField.tsx'
import { useForm } from '../../../ui/use-form.ts'
import { Certificates } from './Certificates.tsx'
import styles from './Directory.module.css'
import { connectionTexts, SECTION, type SettingsTab, sentOf, textsOf } from './values.ts'

const SECURITY = ['TLS', 'STARTTLS', ''] as const
type Security = (typeof SECURITY)[number]

const useConnectionForm = (stored: Configuration) => {
  const say = useText()
  return useForm(
    () => ({
      ...textsOf(stored, connectionTexts),
      ConnectionSecurity: (SECURITY.find((each) => each === stored.text(SECTION, 'ConnectionSecurity')) ??
        '') as Security,
      BindPassword: '',
      authority: stored.text('PlauschSettings', 'LdapCertificateAuthority'),
      Enable: stored.isOn(SECTION, 'Enable'),
    }),
    {
      check: ({ LdapServer, LdapPort, BaseDN }) => ({
        LdapServer: LdapServer.trim() === '' ? say('form.missing') : '',
        LdapPort: isPort(LdapPort) ? '' : say('directory.portWrong'),
        BaseDN: BaseDN.trim() === '' ? say('form.missing') : '',
      }),
      refusals: { 'directory.secret_needed': 'BindPassword' },
      keptAs: 'directory/connection',
    },
  )
}

const isPort = (text: string): boolean =>
  /^\d{1,5}$/.test(text.trim()) && Number(text) > 0 && Number(text) < 65536

type ConnectionForm = ReturnType<typeof useConnectionForm>

/** What is tried and saved: a password only if one was typed, because the stored one is never shown. */
const settingsOf = ({
  authority: _,
  BindPassword,
  ...values
}: ConnectionForm['values']): Record<string, unknown> => ({
  ...sentOf(values),
  ...(BindPassword !== '' && { BindPassword }),
})

/** Where the directory is, with whose eyes we look at it, and whether it answers. */
export const Connection = ({ config, stored }: SettingsTab) => {
  const say = useText()
  const form = useConnectionForm(stored)
  const isFixed = (key: string): boolean => stored.isFixed(SECTION, key)
  const fixed = (key: string) => (isFixed(key) ? { disabled: true, hint: say('directory.fixed') } : {})
  const security = { isDisabled: isFixed('ConnectionSecurity') }
  const isOwnFixed = stored.isFixed('PlauschSettings', 'LdapCertificateAuthority')
  const save = form.checked(async (values) => {
    await config.save({
      [SECTION]: settingsOf(values),
      PlauschSettings: { LdapCertificateAuthority: values.authority },
    })
    form.set({ BindPassword: '' })
    form.forget()
    notify('done', say('settings.saved'))
  })
  return (
    <div className={styles.parts}>
      <Section title={say('directory.connection')} lead={say('directory.connectionLead')}>
        <Form submit={save} submitLabel={say('action.save')} buttons="start">
          <div className={styles.pair}>
            <Field
              {...form.text('LdapServer')}
              label={say('directory.server')}
              placeholder="ldap.example.org"
              {...fixed('LdapServer')}
            />
            <Field
              {...form.text('LdapPort')}
              label={say('directory.port')}
              inputMode="numeric"
              {...fixed('LdapPort')}
            />
          </div>
          <Choice<Security>
            {...form.part('ConnectionSecurity')}
            legend={say('directory.security')}
            options={[
              { value: 'TLS', label: 'TLS (LDAPS)', hint: say('directory.tlsHint'), ...security },
              { value: 'STARTTLS', label: 'StartTLS', hint: say('directory.startTlsHint'), ...security },
              { value: '', label: say('directory.plain'), hint: say('directory.plainHint'), ...security },
            ]}
          />
          <Field
            {...form.text('BaseDN')}
            label={say('directory.base')}
            placeholder="dc=example,dc=org"
            hint={say('directory.baseHint')}
            {...fixed('BaseDN')}
          />
          <Field
            {...form.text('BindUsername')}
            label={say('directory.account')}
            placeholder="uid=reader,ou=services,dc=example,dc=org"
            hint={say('directory.accountHint')}
            autoComplete="off"
            {...fixed('BindUsername')}
          />
          <PasswordField
            {...form.text('BindPassword')}
            label={say('directory.password')}
            hint={say(
              stored.hasSecret(SECTION, 'BindPassword') ? 'directory.passwordKept' : 'directory.passwordHint',
            )}
            autoComplete="new-password"
            {...fixed('BindPassword')}
          />
          <Area
            {...form.text('authority')}
            label={say('directory.authority')}
            hint={say(isOwnFixed ? 'directory.fixed' : 'directory.authorityHint')}
            disabled={isOwnFixed}
            rows={3}
            spellCheck={false}
          />
          <Checkbox
            label={say('directory.enable')}
            hint={say(isFixed('Enable') ? 'directory.fixed' : 'directory.enableHint')}
            isChecked={form.values.Enable}
            isDisabled={isFixed('Enable')}
            onChange={(Enable) => form.set({ Enable })}
          />
          <Trial form={form} />
        </Form>
      </Section>
      <Certificates config={config} stored={stored} />
    </div>
  )
}

/** Tries the connection with what the fields say now, saved or not. */
const Trial = ({ form }: { form: ConnectionForm }) => {
  const say = useText()
  const [isBusy, setBusy] = useState(false)
  /** The values with which it answered: others are not tried yet. */
  const [good, setGood] = useState<ConnectionForm['values']>()
  const [problem, setProblem] = useState('')
  const attempt = form.checked(async (values) => {
    const body = { ...settingsOf(values), LdapCertificateAuthority: values.authority }
    await client.call(operations.testConnection, { body })
    setGood(values)
  })
  const run = async (): Promise<void> => {
    setBusy(true)
    setProblem('')
    setGood(undefined)
    try {
      await attempt()
    } catch (error) {
      setProblem(problemOf(error))
    } finally {
      setBusy(false)
    }
  }
  const isGood = good !== undefined && good === form.values
  return (
    <div className={styles.trial}>
      <Button isBusy={isBusy} onClick={() => void run()}>
        {say('directory.try')}
      </Button>
      <p role="status" className={styles.good} hidden={!isGood}>
        {isGood && (
          <>
            <CircleCheck size={16} strokeWidth={2} aria-hidden /> {say('directory.answers')}
          </>
        )}
      </p>
      <FormProblem text={problem} />
    </div>
  )
}
