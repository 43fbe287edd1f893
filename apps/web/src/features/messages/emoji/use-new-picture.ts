/** The picture of a new emoji, while it is only on this device. */
import { useEffect, useState } from 'react'
import type { TextId } from '../../../i18n/text.ts'
import { pictureProblem } from './new-emoji.ts'

/** `address` is '' until the picture is checked, and for one that cannot be used. */
type NewPicture = { address: string; problem: TextId | '' }

const NONE: NewPicture = { address: '', problem: '' }

export const useNewPicture = (file: File | undefined): NewPicture => {
  const [picture, setPicture] = useState(NONE)
  useEffect(() => {
    setPicture(NONE)
    if (!file) return
    let isCurrent = true
    const address = URL.createObjectURL(file)
    void pictureProblem(file, address).then((problem) => {
      if (isCurrent) setPicture({ address: problem === '' ? address : '', problem })
    })
    return () => {
      isCurrent = false
      URL.revokeObjectURL(address)
    }
  }, [file])
  return picture
}
