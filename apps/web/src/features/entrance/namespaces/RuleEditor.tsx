import {
  type Namespace,
  type NamespacePreview,
  type NamespaceRule,
  namespaces as operations,
  type Team,
} from '@plausch/wire'
import { useState } from 'react'
import { notify } from '../../../browser/notices.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Section } from '../../../platform/console/PageFrame.tsx'
import { Checkbox } from '../../../ui/Checkbox.tsx'
import { Choice, Field } from '../../../ui/Field.tsx'
import { Form } from '../../../ui/Form.tsx'
import { useForm } from '../../../ui/use-form.ts'
import { TeamPicker } from '../../places/teams/TeamPicker.tsx'
import styles from './Namespaces.module.css'
import { RulePreview } from './RulePreview.tsx'

type Draft = Omit<NamespaceRule, 'team_id'> & { team: Team | undefined }

const blank = (base: string): NamespaceRule => ({
  name: '',
  base,
  source: 'units',
  pattern: '',
  makes: 'team',
  team_id: '',
  is_open: false,
  is_constrained: false,
  is_mentionable: false,
  has_owners: true,
  is_on: true,
})

const draftOf = (rule: NamespaceRule, team: Team | undefined): Draft => {
  const { name, base, source, pattern, makes, is_open, is_constrained, is_mentionable, has_owners, is_on } =
    rule
  return {
    name,
    base,
    source,
    pattern,
    makes,
    is_open,
    is_constrained,
    is_mentionable,
    has_owners,
    is_on,
    team,
  }
}

const ruleOf = ({ team, ...draft }: Draft): NamespaceRule => ({
  ...draft,
  name: draft.name.trim(),
  base: draft.base.trim(),
  pattern: draft.pattern.trim(),
  team_id: draft.makes === 'channel' ? (team?.id ?? '') : '',
})

/** What was previewed, and of which rule. */
type Seen = { of: string; preview: NamespacePreview; takeOver: ReadonlySet<string> }

const keyOf = ({ name: _, ...rule }: NamespaceRule): string => JSON.stringify(rule)

type RuleEditorProps = {
  /** Undefined for a new one. */
  rule: Namespace | undefined
  /** The team in which it makes channels. */
  team: Team | undefined
  /** The branch of a new one. */
  base: string
  close(): void
  saved(): void
}

/** Writes a rule: first it shows what the rule would do, and then it is saved. */
export const RuleEditor = ({ rule, team, base, close, saved }: RuleEditorProps) => {
  const say = useText()
  const [seen, setSeen] = useState<Seen>()
  const form = useForm<Draft>(() => draftOf(rule ?? blank(base), team), {
    check: ({ name, makes, team }) => ({
      name: name.trim() === '' ? say('form.missing') : '',
      team: makes === 'channel' && !team ? say('form.missing') : '',
    }),
    refusals: {
      'namespaces.name': 'name',
      'namespaces.base': 'base',
      'namespaces.team': 'team',
      'namespaces.nothing': 'makes',
      'namespaces.made': 'makes',
    },
  })
  const { values } = form
  const isSeen = seen !== undefined && seen.of === keyOf(ruleOf(values))
  const submit = form.checked(async (draft) => {
    const body = ruleOf(draft)
    if (!isSeen) {
      const preview = await client.call(operations.preview, { body: { ...body, id: rule?.id ?? '' } })
      // What was said before stays said, until somebody takes it back.
      const before = preview.places.filter((place) => place.is_taken_over)
      setSeen({ of: keyOf(body), preview, takeOver: new Set(before.map((place) => place.remote_id)) })
      return
    }
    const take_over = seen.preview.places
      .filter(({ remote_id }) => seen.takeOver.has(remote_id))
      .map(({ remote_id, place_id }) => ({ remote_id, place_id }))
    const sent = { ...body, take_over, allowed_count: seen.preview.new_count + take_over.length }
    if (rule)
      await client.call(operations.update, {
        params: { namespace_id: rule.id },
        body: { ...sent, update_at: rule.update_at },
      })
    else await client.call(operations.create, { body: sent })
    notify('done', say('settings.saved'))
    saved()
  })
  const makesPlaces = values.makes !== 'nothing'
  const box = (name: 'is_open' | 'is_constrained' | 'is_mentionable' | 'has_owners' | 'is_on') => (
    <Checkbox
      label={say(`namespaces.${name}`)}
      hint={say(`namespaces.${name}Hint`)}
      isChecked={values[name]}
      onChange={(isChecked) => form.set({ [name]: isChecked })}
    />
  )
  return (
    <Section title={rule ? say('namespaces.editNamed', { name: rule.name }) : say('namespaces.new')}>
      <Form
        submit={submit}
        submitLabel={isSeen ? say('action.save') : say('namespaces.preview')}
        buttons="start"
        onCancel={close}
      >
        <div className={styles.fields}>
          <Field {...form.text('name')} label={say('namespaces.name')} maxLength={64} autoComplete="off" />
          <Field
            {...form.text('base')}
            label={say('namespaces.base')}
            hint={say('namespaces.baseHint')}
            maxLength={1024}
            autoComplete="off"
            spellCheck={false}
          />
          <Choice
            legend={say('namespaces.source')}
            value={values.source}
            options={(['units', 'groups'] as const).map((value) => ({
              value,
              label: say(`namespaces.source.${value}`),
              hint: say(`namespaces.source.${value}Hint`),
            }))}
            onChange={(source) => form.set({ source })}
          />
          <Field
            {...form.text('pattern')}
            label={say('namespaces.pattern')}
            hint={say('namespaces.patternHint')}
            maxLength={64}
            autoComplete="off"
            spellCheck={false}
          />
          <Choice
            legend={say('namespaces.makes')}
            value={values.makes}
            problem={form.problemOf('makes')}
            options={(['team', 'channel', 'nothing'] as const).map((value) => ({
              value,
              label: say(`namespaces.makes.${value}`),
            }))}
            onChange={(makes) => form.set({ makes, ...(makes === 'nothing' && { is_mentionable: true }) })}
          />
          {values.makes === 'channel' && (
            <TeamPicker
              label={say('namespaces.team')}
              problem={form.problemOf('team')}
              chosen={values.team}
              onChange={(team) => form.set({ team })}
            />
          )}
          {makesPlaces && box('is_open')}
          {makesPlaces && box('has_owners')}
          {makesPlaces && box('is_constrained')}
          {box('is_mentionable')}
          {box('is_on')}
        </div>
        <div role="status">
          {isSeen && (
            <RulePreview
              preview={seen.preview}
              takeOver={seen.takeOver}
              onTakeOver={(takeOver) => setSeen({ ...seen, takeOver })}
            />
          )}
        </div>
      </Form>
    </Section>
  )
}
