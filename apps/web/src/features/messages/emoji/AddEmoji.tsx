import { Upload } from 'lucide-react'
import { useEffect, useId } from 'react'
import { notify } from '../../../browser/notices.ts'
import { type TextId, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { describedBy, Field, Note } from '../../../ui/Field.tsx'
import { FileButton } from '../../../ui/FileButton.tsx'
import { FormDialog } from '../../../ui/FormDialog.tsx'
import { slugOf } from '../../../ui/slug.ts'
import { useForm } from '../../../ui/use-form.ts'
import styles from './CustomEmoji.module.css'
import { ACCEPTED, LIMITS, nameProblem } from './new-emoji.ts'
import { useNewPicture } from './use-new-picture.ts'

const EMPTY = { name: '', file: undefined as File | undefined }

/** The fields that refusals of the server are about. */
const refusals = {
  'emoji.name': 'name',
  'emoji.too_large': 'file',
  'emoji.too_many_pixels': 'file',
  'emoji.unreadable': 'file',
} as const

/** Adds a custom emoji for everybody on the server. What was typed survives closing the dialog. */
export const AddEmoji = ({ close }: { close(): void }) => {
  const say = useText()
  const text = (id: TextId | ''): string => (id === '' ? '' : say(id, LIMITS))
  const form = useForm(EMPTY, {
    keptAs: `add-emoji/${client.myId.get()}`,
    check: async ({ name, file }) => ({
      name: text(await nameProblem(name.trim())),
      file: text(unfit || (file ? '' : 'emoji.pictureMissing')),
    }),
    refusals,
  })
  const { name, file } = form.values
  const { address, problem: unfit } = useNewPicture(file)
  // To know the names that are taken. If it fails, the server still says so.
  useEffect(() => void client.emoji.open().catch(() => undefined), [])

  const submit = form.checked(async (made) => {
    if (made.file) await client.emoji.create(made.name.trim(), made.file)
    form.forget()
    notify('done', say('emoji.added', { name: made.name.trim() }))
  })
  const choose = (chosen: File): void =>
    form.set({ file: chosen, name: name || slugOf(chosen.name.replace(/\.[^.]*$/, '')) })

  return (
    <FormDialog
      title={say('emoji.add')}
      hint={say('emoji.addHint')}
      submitLabel={say('emoji.addSubmit')}
      submit={submit}
      onClose={close}
    >
      <Field
        {...form.text('name')}
        label={say('emoji.name')}
        hint={say('emoji.nameHint')}
        maxLength={64}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        // Colons belong to its use in a text, not to the name.
        onChange={({ target }) => form.set({ name: target.value.toLowerCase().replaceAll(':', '') })}
      />
      <PictureField file={file} problem={text(unfit) || form.problemOf('file')} choose={choose} />
      {address !== '' && <Preview address={address} name={name} />}
    </FormDialog>
  )
}

type PictureFieldProps = {
  file: File | undefined
  problem: string
  choose(file: File): void
}

const PictureField = ({ file, problem, choose }: PictureFieldProps) => {
  const say = useText()
  const id = useId()
  const notes = { label: say('emoji.picture'), hint: say('emoji.pictureHint', LIMITS), problem }
  return (
    <div className={styles.field}>
      <span className={styles.label}>{notes.label}</span>
      <div className={styles.file}>
        <FileButton
          icon={Upload}
          label={say('emoji.choosePicture')}
          accept={ACCEPTED}
          aria-describedby={describedBy(id, notes)}
          data-problem={problem ? '' : undefined}
          choose={choose}
        />
        <bdi className={styles.fileName}>{file?.name}</bdi>
      </div>
      <div role="status">
        <Note id={id} {...notes} />
      </div>
    </div>
  )
}

/** As in a message and as a reaction. */
const Preview = ({ address, name }: { address: string; name: string }) => {
  const say = useText()
  const sign = <img className={styles.inText} src={address} alt={name.replaceAll('_', ' ')} />
  return (
    <figure className={styles.preview}>
      <figcaption className={styles.label}>{say('emoji.preview')}</figcaption>
      <p>
        {say('emoji.sample')} {sign}
      </p>
      <p className={styles.reaction} aria-hidden>
        <img src={address} alt="" width={20} height={20} /> 1
      </p>
    </figure>
  )
}
