import { ApiFault } from '@plausch/client'
import { Upload } from 'lucide-react'
import { type RefObject, useEffect, useId, useRef, useState } from 'react'
import { notify } from '../../../browser/notices.ts'
import { problemOf, type TextId, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Button } from '../../../ui/Button.tsx'
import { describedBy, Field, Note } from '../../../ui/Field.tsx'
import { FormDialog } from '../../../ui/FormDialog.tsx'
import { slugOf } from '../../../ui/slug.ts'
import { useKept } from '../../../ui/use-kept.ts'
import styles from './CustomEmoji.module.css'
import { ACCEPTED, LIMITS, nameProblem } from './new-emoji.ts'
import { useNewPicture } from './use-new-picture.ts'

const EMPTY = { name: '', file: undefined as File | undefined }

type Problem = { name?: string; picture?: string }

/** The field that a refusal of the server is about. */
const FIELDS: Record<string, keyof Problem> = {
  'emoji.name': 'name',
  'emoji.name_taken': 'name',
  'emoji.too_large': 'picture',
  'emoji.too_many_pixels': 'picture',
  'emoji.unreadable': 'picture',
}

/** Adds a custom emoji for everybody on the server. What was typed survives closing the dialog. */
export const AddEmoji = ({ close }: { close(): void }) => {
  const say = useText()
  const [form, setForm, forget] = useKept(`add-emoji/${client.myId.get()}`, EMPTY)
  const [problem, setProblem] = useState<Problem>({})
  const nameField = useRef<HTMLInputElement>(null)
  const pictureButton = useRef<HTMLButtonElement>(null)
  const { address, problem: unfit } = useNewPicture(form.file)
  // To know the names that are taken. If it fails, the server still says so.
  useEffect(() => void client.emoji.open().catch(() => undefined), [])

  const text = (id: TextId | ''): string => (id === '' ? '' : say(id, LIMITS))
  const refuse = (found: Problem): false => {
    setProblem(found)
    const first = found.name ? nameField : pictureButton
    first.current?.focus()
    return false
  }
  const submit = async (): Promise<unknown> => {
    const { file } = form
    const name = form.name.trim()
    const wrong = text(await nameProblem(name))
    if (!file || unfit !== '') return refuse({ name: wrong, picture: text(unfit || 'emoji.pictureMissing') })
    if (wrong !== '') return refuse({ name: wrong })
    try {
      await client.emoji.create(name, file)
    } catch (error) {
      const field = error instanceof ApiFault ? FIELDS[error.id] : undefined
      if (!field) throw error
      return refuse({ [field]: problemOf(error) })
    }
    forget()
    notify('done', say('emoji.added', { name }))
    return true
  }
  const choose = (file: File): void => {
    setProblem({ ...problem, picture: '' })
    setForm({ file, name: form.name || slugOf(file.name.replace(/\.[^.]*$/, '')) })
  }

  return (
    <FormDialog
      title={say('emoji.add')}
      hint={say('emoji.addHint')}
      submitLabel={say('emoji.addSubmit')}
      submit={submit}
      onClose={close}
    >
      <Field
        ref={nameField}
        label={say('emoji.name')}
        hint={say('emoji.nameHint')}
        maxLength={64}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        value={form.name}
        {...(problem.name && { problem: problem.name })}
        onChange={(event) => {
          setProblem({ ...problem, name: '' })
          // Colons belong to its use in a text, not to the name.
          setForm({ ...form, name: event.target.value.toLowerCase().replaceAll(':', '') })
        }}
      />
      <PictureField
        button={pictureButton}
        file={form.file}
        problem={text(unfit) || (problem.picture ?? '')}
        choose={choose}
      />
      {address !== '' && <Preview address={address} name={form.name} />}
    </FormDialog>
  )
}

type PictureFieldProps = {
  button: RefObject<HTMLButtonElement | null>
  file: File | undefined
  problem: string
  choose(file: File): void
}

const PictureField = ({ button, file, problem, choose }: PictureFieldProps) => {
  const say = useText()
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const notes = { label: say('emoji.picture'), hint: say('emoji.pictureHint', LIMITS), problem }
  return (
    <div className={styles.field}>
      <span className={styles.label}>{notes.label}</span>
      <div className={styles.file}>
        <input
          ref={input}
          type="file"
          accept={ACCEPTED}
          hidden
          aria-label={say('emoji.choosePicture')}
          onChange={(event) => {
            const [chosen] = event.target.files ?? []
            event.target.value = ''
            if (chosen) choose(chosen)
          }}
        />
        <Button
          ref={button}
          icon={Upload}
          aria-describedby={describedBy(id, notes)}
          onClick={() => input.current?.click()}
        >
          {say('emoji.choosePicture')}
        </Button>
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
