import { type DirectoryDiagnostic, directory as operations } from '@plausch/wire'
import { useState } from 'react'
import { notify } from '../../../browser/notices.ts'
import { problemOf, type TextId, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import type { Configuration } from '../../../platform/console/configuration.ts'
import { Section } from '../../../platform/console/PageFrame.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Checkbox } from '../../../ui/Checkbox.tsx'
import { Field } from '../../../ui/Field.tsx'
import { Form } from '../../../ui/Form.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { useForm } from '../../../ui/use-form.ts'
import { Diagnostics } from './Diagnostics.tsx'
import styles from './Directory.module.css'
import { labels } from './labels.ts'
import {
  attributes,
  filters,
  groupTexts,
  type Kind,
  SECTION,
  type SettingsTab,
  sentOf,
  type TextKey,
  textsOf,
  usual,
} from './values.ts'

const KINDS: readonly { kind: Kind; name: string }[] = [
  { kind: 'openldap', name: 'OpenLDAP' },
  { kind: 'ad', name: 'Active Directory' },
  { kind: 'freeipa', name: 'FreeIPA' },
]
const KEYS = [...filters, ...attributes, ...groupTexts] as const

const hints: Partial<Record<TextKey, TextId>> = {
  UserFilter: 'directory.userFilterHint',
  GuestFilter: 'directory.guestFilterHint',
  IdAttribute: 'directory.idHint',
  LoginIdAttribute: 'directory.loginHint',
}

const TESTS = ['filters', 'attributes'] as const

/** Without these nobody can have an account. */
const NEEDED = ['IdAttribute', 'UsernameAttribute', 'EmailAttribute'] as const

const usePeopleForm = (stored: Configuration) => {
  const say = useText()
  return useForm(
    () => ({
      ...textsOf(stored, KEYS),
      EnableAdminFilter: stored.isOn(SECTION, 'EnableAdminFilter'),
    }),
    {
      check: (values) =>
        Object.fromEntries(NEEDED.map((key) => [key, values[key].trim() === '' ? say('form.missing') : ''])),
      keptAs: 'directory/people',
    },
  )
}

/** Which entries of the directory are people here, and which attributes an account takes. */
export const People = ({ config, stored }: SettingsTab) => {
  const say = useText()
  const form = usePeopleForm(stored)
  const fill = (kind: Kind): void => {
    const empty = KEYS.filter((key) => form.values[key].trim() === '')
    form.set(Object.fromEntries(empty.flatMap((key) => (usual[kind][key] ? [[key, usual[kind][key]]] : []))))
  }
  const save = form.checked(async (values) => {
    await config.save({ [SECTION]: sentOf(values) })
    form.forget()
    notify('done', say('settings.saved'))
  })
  const field = (key: (typeof KEYS)[number]) => {
    const isFixed = stored.isFixed(SECTION, key)
    const hint = isFixed ? 'directory.fixed' : hints[key]
    return (
      <Field
        key={key}
        {...form.text(key)}
        label={say(labels[key])}
        hint={hint && say(hint)}
        disabled={isFixed}
        spellCheck={false}
        autoComplete="off"
      />
    )
  }
  return (
    <div className={styles.parts}>
      <Section title={say('directory.people')} lead={say('directory.peopleLead')}>
        <div className={styles.usual} role="group" aria-label={say('directory.usual')}>
          <span>{say('directory.usual')}</span>
          {KINDS.map(({ kind, name }) => (
            <Button key={kind} onClick={() => fill(kind)}>
              {name}
            </Button>
          ))}
        </div>
        <Form submit={save} submitLabel={say('action.save')} buttons="start">
          {field('UserFilter')}
          <div className={styles.grid}>{attributes.map(field)}</div>
          {field('GuestFilter')}
          <div className={styles.grid}>{groupTexts.map(field)}</div>
          <Checkbox
            label={say('directory.adminsFollow')}
            hint={say('directory.adminsFollowHint')}
            isChecked={form.values.EnableAdminFilter}
            isDisabled={stored.isFixed(SECTION, 'EnableAdminFilter')}
            onChange={(EnableAdminFilter) => form.set({ EnableAdminFilter })}
          />
          {form.values.EnableAdminFilter && field('AdminFilter')}
        </Form>
      </Section>
      <Trial values={() => sentOf(form.values)} />
    </div>
  )
}

/** Looks into the directory with what the fields say now, saved or not. */
const Trial = ({ values }: { values(): Record<string, unknown> }) => {
  const say = useText()
  const [rows, setRows] = useState<readonly DirectoryDiagnostic[]>()
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState('')
  const run = async (): Promise<void> => {
    setBusy(true)
    setProblem('')
    try {
      const body = values()
      const found: DirectoryDiagnostic[] = []
      const tests = values().GroupIdAttribute === '' ? TESTS : [...TESTS, 'group_attributes']
      for (const test of tests)
        found.push(...(await client.call(operations.diagnose, { query: { test }, body })))
      setRows(found)
    } catch (error) {
      setRows(undefined)
      setProblem(problemOf(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Section
      title={say('directory.trial')}
      lead={say('directory.trialLead')}
      actions={
        <Button isBusy={isBusy} onClick={() => void run()}>
          {say('directory.look')}
        </Button>
      }
    >
      <FormProblem text={problem} />
      {rows && <Diagnostics rows={rows} />}
    </Section>
  )
}
