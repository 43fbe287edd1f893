import { teams as operations, type Team } from '@plausch/wire'
import { Trash2, Upload } from 'lucide-react'
import { useState } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { attempt, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Button } from '../../../ui/Button.tsx'
import { Area, Field } from '../../../ui/Field.tsx'
import { FileButton } from '../../../ui/FileButton.tsx'
import forms from '../../../ui/Form.module.css'
import { Form } from '../../../ui/Form.tsx'
import { useForm } from '../../../ui/use-form.ts'
import { teamRights } from './rights.ts'
import { TeamMark } from './TeamMark.tsx'
import styles from './TeamSettings.module.css'

type TeamAboutProps = { team: Team; close(): void }

/** The name, description and picture of a team. */
export const TeamAbout = ({ team, close }: TeamAboutProps) => {
  const say = useText()
  const { mayManage } = useSource(teamRights(team.id))
  const form = useForm(
    { name: team.display_name, description: team.description },
    { check: ({ name }) => ({ name: name.trim() === '' ? say('team.nameMissing') : '' }) },
  )
  const save = form.checked(async ({ name, description }) => {
    const body = { display_name: name.trim(), description: description.trim() }
    client.teams.put(await client.call(operations.patch, { params: { team_id: team.id }, body }))
    close()
  })

  return (
    <Form
      submit={save}
      submitLabel={mayManage ? say('action.save') : undefined}
      buttons="end"
      onCancel={close}
    >
      {!mayManage && <p className={forms.why}>{say('team.onlyAdmins')}</p>}
      <Picture team={team} mayManage={mayManage} />
      <Field
        {...form.text('name')}
        label={say('team.name')}
        maxLength={64}
        autoComplete="off"
        readOnly={!mayManage}
      />
      <Area
        {...form.text('description')}
        label={say('team.description')}
        hint={say('team.descriptionHint')}
        maxLength={255}
        rows={2}
        readOnly={!mayManage}
      />
    </Form>
  )
}

const KINDS = 'image/png,image/jpeg,image/gif,image/webp'

const Picture = ({ team, mayManage }: { team: Team; mayManage: boolean }) => {
  const say = useText()
  const [isBusy, setBusy] = useState(false)
  const params = { team_id: team.id }
  const changing = async (work: () => Promise<unknown>): Promise<void> => {
    setBusy(true)
    await attempt(async () => {
      await work()
      client.teams.put(await client.call(operations.get, { params }))
    })
    setBusy(false)
  }
  const upload = (file: File): Promise<void> =>
    changing(() => {
      const body = new FormData()
      body.set('image', file)
      // The type of a file's body is that of the server, which reads it in pieces.
      return client.call(operations.setIcon, { params, body: body as never })
    })
  return (
    <div className={styles.picture}>
      <TeamMark team={team} size={72} />
      {mayManage && (
        <>
          <FileButton
            icon={Upload}
            label={say('team.picture')}
            accept={KINDS}
            isBusy={isBusy}
            choose={(file) => void upload(file)}
          />
          {team.last_team_icon_update > 0 && (
            <Button
              kind="quiet"
              icon={Trash2}
              onClick={() => void changing(() => client.call(operations.removeIcon, { params }))}
            >
              {say('team.pictureRemove')}
            </Button>
          )}
        </>
      )}
    </div>
  )
}
