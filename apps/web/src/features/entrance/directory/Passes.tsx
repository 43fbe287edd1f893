import { type DirectoryPreview, type Job, directory as operations } from '@plausch/wire'
import { useState } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { problemOf, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import type { Configured } from '../../../platform/console/configuration.ts'
import { Section } from '../../../platform/console/PageFrame.tsx'
import { SwitchRow, TextRow } from '../../../platform/settings/Rows.tsx'
import { Button } from '../../../ui/Button.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { JobTable } from '../../ground/jobs/JobTable.tsx'
import { Changes } from './Changes.tsx'
import styles from './Directory.module.css'
import { Held } from './Held.tsx'
import { Preview } from './Preview.tsx'
import { SECTION, type SettingsTab } from './values.ts'

/** Passes bring everybody in, and out: what one would do, when it runs, and what each has done. */
export const Passes = ({ config }: { config: Configured | undefined }) => {
  const say = useText()
  const permissions = useSource(client.roles.permissions(''))
  const [begun, setBegun] = useState(0)
  const [ended, setEnded] = useState(0)
  const begin = (): void => setBegun((before) => before + 1)
  const said = ({ data, status }: Job): string =>
    status === 'error' || data.ldap_users_count === undefined
      ? ''
      : say('directory.passDid', {
          people: Number(data.ldap_users_count),
          created: Number(data.created_count ?? 0),
          changed: Number(data.update_count ?? 0),
          gone: Number(data.delete_count ?? 0),
          problems: Number(data.problem_count ?? 0),
        })
  return (
    <div className={styles.parts}>
      {config?.value && <Clock config={config} stored={config.value} />}
      <Held mayRelease={permissions.has('manage_ldap_sync_job')} passes={begun + ended} begin={begin} />
      <Now begin={begin} mayBegin={permissions.has('create_ldap_sync_job')} />
      <Section title={say('directory.history')}>
        {permissions.has('read_ldap_sync_job') && (
          <JobTable
            caption={say('directory.history')}
            type="ldap_sync"
            said={said}
            more={(job) => job.start_at > 0 && <Changes job={job} />}
            begun={begun}
            ended={() => setEnded((before) => before + 1)}
          />
        )}
      </Section>
    </div>
  )
}

/** When passes run. */
const Clock = ({ config, stored }: SettingsTab) => {
  const number = (section: string, key: string, least: number) => ({
    value: stored.text(section, key),
    longest: 6,
    isDisabled: stored.isFixed(section, key),
    check: (text: string) => (/^\d+$/.test(text) && Number(text) >= least ? '' : `≥ ${least}`),
    save: (text: string) => config.save({ [section]: { [key]: Number(text) } }),
  })
  return (
    <div>
      <SwitchRow
        label="directory.sync"
        hint={stored.isFixed(SECTION, 'EnableSync') ? 'directory.fixed' : 'directory.syncHint'}
        isOn={stored.isOn(SECTION, 'EnableSync')}
        isDisabled={stored.isFixed(SECTION, 'EnableSync')}
        save={(EnableSync) => config.save({ [SECTION]: { EnableSync } })}
      />
      <TextRow
        label="directory.interval"
        hint="directory.intervalHint"
        {...number(SECTION, 'SyncIntervalMinutes', 1)}
      />
      <TextRow
        label="directory.missing"
        hint="directory.missingHint"
        {...number('PlauschSettings', 'LdapConfirmMissingMinutes', 0)}
      />
    </div>
  )
}

/** A pass now: first what it would do, then the pass itself. */
const Now = ({ begin, mayBegin }: { begin(): void; mayBegin: boolean }) => {
  const say = useText()
  const [preview, setPreview] = useState<DirectoryPreview>()
  const [busy, setBusy] = useState<'preview' | 'pass'>()
  const [problem, setProblem] = useState('')
  const run = async (what: 'preview' | 'pass', work: () => Promise<void>): Promise<void> => {
    setBusy(what)
    setProblem('')
    try {
      await work()
    } catch (error) {
      setProblem(problemOf(error))
    } finally {
      setBusy(undefined)
    }
  }
  const look = async (): Promise<void> => setPreview(await client.call(operations.preview))
  const pass = async (): Promise<void> => {
    await client.call(operations.sync)
    setPreview(undefined)
    begin()
  }
  return (
    <Section
      title={say('directory.now')}
      lead={say('directory.nowLead')}
      actions={
        <>
          <Button isBusy={busy === 'preview'} onClick={() => void run('preview', look)}>
            {say('directory.preview')}
          </Button>
          {mayBegin && (
            <Button kind="primary" isBusy={busy === 'pass'} onClick={() => void run('pass', pass)}>
              {say('directory.begin')}
            </Button>
          )}
        </>
      }
    >
      <FormProblem text={problem} />
      <div role="status">{preview && <Preview preview={preview} />}</div>
    </Section>
  )
}
