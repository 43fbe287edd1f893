import { teams as operations, type Team } from '@plausch/wire'
import { Trash2, Upload } from 'lucide-react'
import { type FormEvent, useRef, useState } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { attempt, problemOf, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Button } from '../../../ui/Button.tsx'
import { Area, Field } from '../../../ui/Field.tsx'
import form from '../../../ui/Form.module.css'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { teamRights } from './rights.ts'
import { TeamMark } from './TeamMark.tsx'
import styles from './TeamSettings.module.css'

type TeamAboutProps = { team: Team; close(): void }

/** The name, description and picture of a team. */
export const TeamAbout = ({ team, close }: TeamAboutProps) => {
  const say = useText()
  const { mayManage } = useSource(teamRights(team.id))
  const [name, setName] = useState(team.display_name)
  const [description, setDescription] = useState(team.description)
  const [problem, setProblem] = useState('')
  const [isBusy, setBusy] = useState(false)

  const save = async (): Promise<void> => {
    const display_name = name.trim()
    if (display_name === '') return setProblem(say('team.nameMissing'))
    setBusy(true)
    try {
      const body = { display_name, description: description.trim() }
      client.teams.put(await client.call(operations.patch, { params: { team_id: team.id }, body }))
      close()
    } catch (error) {
      setProblem(problemOf(error))
      setBusy(false)
    }
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    void save()
  }

  return (
    <form className={form.form} noValidate onSubmit={submit}>
      {!mayManage && <p className={styles.why}>{say('team.onlyAdmins')}</p>}
      <FormProblem text={problem} />
      <Picture team={team} mayManage={mayManage} />
      <Field
        label={say('team.name')}
        maxLength={64}
        autoComplete="off"
        readOnly={!mayManage}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <Area
        label={say('team.description')}
        hint={say('team.descriptionHint')}
        maxLength={255}
        rows={2}
        readOnly={!mayManage}
        value={description}
        onChange={(event) => setDescription(event.target.value)}
      />
      {mayManage && (
        <div className={styles.end}>
          <Button onClick={close}>{say('action.cancel')}</Button>
          <Button kind="primary" type="submit" isBusy={isBusy}>
            {say('action.save')}
          </Button>
        </div>
      )}
    </form>
  )
}

const KINDS = 'image/png,image/jpeg,image/gif,image/webp'

const Picture = ({ team, mayManage }: { team: Team; mayManage: boolean }) => {
  const say = useText()
  const input = useRef<HTMLInputElement>(null)
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
          <input
            ref={input}
            type="file"
            accept={KINDS}
            hidden
            aria-label={say('team.picture')}
            onChange={(event) => {
              const [file] = event.target.files ?? []
              event.target.value = ''
              if (file) void upload(file)
            }}
          />
          <Button icon={Upload} isBusy={isBusy} onClick={() => input.current?.click()}>
            {say('team.picture')}
          </Button>
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
