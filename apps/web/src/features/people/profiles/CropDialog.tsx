import { profiles as operations } from '@plausch/wire'
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { FormDialog } from '../../../ui/FormDialog.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { type Crop, MOST_ZOOM, moved, squareOf, WHOLE } from './crop.ts'
import styles from './Profiles.module.css'

/** The size of the picture that is sent; nothing shows it larger. */
const SIDE = 512
const KEY_STEP = 0.05

const draw = (canvas: HTMLCanvasElement, picture: ImageBitmap, crop: Crop): void => {
  const { left, top, side } = squareOf(crop, picture.width, picture.height)
  const pen = canvas.getContext('2d')
  pen?.clearRect(0, 0, SIDE, SIDE)
  pen?.drawImage(picture, left, top, side, side, 0, 0, SIDE, SIDE)
}

const MOVES: Record<string, readonly [number, number]> = {
  ArrowLeft: [-KEY_STEP, 0],
  ArrowRight: [KEY_STEP, 0],
  ArrowUp: [0, -KEY_STEP],
  ArrowDown: [0, KEY_STEP],
}

/** The picture of a file, once it is decoded; '' or what is wrong with it. */
const usePicture = (file: File): { picture: ImageBitmap | undefined; problem: string } => {
  const say = useText()
  const [picture, setPicture] = useState<ImageBitmap>()
  const [problem, setProblem] = useState('')
  useEffect(() => {
    let isCurrent = true
    createImageBitmap(file).then(
      (bitmap) => isCurrent && setPicture(bitmap),
      () => isCurrent && setProblem(say('profile.noPicture')),
    )
    return () => {
      isCurrent = false
    }
  }, [file, say])
  return { picture, problem }
}

const toBlob = (canvas: HTMLCanvasElement): Promise<Blob> =>
  new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png')
  })

/** Moves and enlarges a picture under a round frame, and sends what the frame shows. */
export const CropDialog = ({ file, close }: { file: File; close(): void }) => {
  const say = useText()
  const canvas = useRef<HTMLCanvasElement>(null)
  const { picture, problem: unreadable } = usePicture(file)
  const [crop, setCrop] = useState(WHOLE)

  useEffect(() => {
    if (canvas.current && picture) draw(canvas.current, picture, crop)
  }, [picture, crop])

  const move = (dx: number, dy: number): void => {
    if (picture) setCrop((before) => moved(before, dx, dy, picture.width, picture.height))
  }
  const onPointerMove = (event: PointerEvent<HTMLElement>): void => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
    const { width, height } = event.currentTarget.getBoundingClientRect()
    move(event.movementX / width, event.movementY / height)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = MOVES[event.key]
    if (!step) return
    event.preventDefault()
    move(...step)
  }
  const save = async (): Promise<void> => {
    if (!canvas.current) return
    const form = new FormData()
    form.set('image', await toBlob(canvas.current), 'picture.png')
    await client.send(operations.setImage, { params: { user_id: client.myId.get() } }, form)
  }

  return (
    <FormDialog
      title={say('profile.crop')}
      hint={say('profile.cropHint')}
      submitLabel={say('profile.usePicture')}
      isDisabled={!picture}
      submit={save}
      onClose={close}
    >
      <FormProblem text={unreadable} />
      <div className={styles.crop}>
        <div
          className={styles.frame}
          role="application"
          tabIndex={0}
          aria-label={say('profile.cropArea')}
          onKeyDown={onKeyDown}
          onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
          onPointerMove={onPointerMove}
        >
          <canvas ref={canvas} width={SIDE} height={SIDE} />
        </div>
        <label>
          {say('profile.zoom')}
          <input
            type="range"
            min={1}
            max={MOST_ZOOM}
            step={0.05}
            value={crop.zoom}
            onChange={(event) => setCrop({ ...crop, zoom: Number(event.target.value) })}
          />
        </label>
      </div>
    </FormDialog>
  )
}
