import type { brand, InputOf } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { receivePicture, removePicture, type Shape, setPicture, showPicture } from '../pictures/index.ts'
import { mayEditBrand } from './access.ts'

const OWNER = 'brand'
const SHAPE: Shape = { width: 1920 }

export const image = async (context: Context) => {
  const isOn = context.server.settings().TeamSettings.EnableCustomBrand
  const shown = isOn ? await showPicture(context, OWNER) : undefined
  if (!shown) throw new Fault('pictures.absent')
  return shown
}

export const setImage = async (context: Context, { body }: InputOf<typeof brand.setImage>) => {
  const bytes = await receivePicture(context, body, SHAPE)
  await setPicture(context, OWNER, bytes, async (inside) => mayEditBrand(inside))
  return { status: 'OK' as const }
}

export const removeImage = async (context: Context) => {
  if (!(await removePicture(context, OWNER))) throw new Fault('pictures.absent')
  return { status: 'OK' as const }
}
