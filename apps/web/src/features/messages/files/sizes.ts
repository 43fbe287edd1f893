/** How large pictures are shown, known before they are loaded, so that nothing moves afterwards. */

type Size = { width: number; height: number }

const MOST = { width: 480, height: 320 }
const UNKNOWN: Size = { width: 320, height: 240 }
/** Smaller ones are hard to press. */
const LEAST = 48

/** The size of a picture in a message: its own, or as large as there is room. */
export const shownSize = ({ width, height }: Size): Size => {
  if (width <= 0 || height <= 0) return UNKNOWN
  const scale = Math.min(1, MOST.width / width, MOST.height / height)
  return {
    width: Math.max(LEAST, Math.round(width * scale)),
    height: Math.max(LEAST, Math.round(height * scale)),
  }
}

const ROW = 152

/** The width of one of several pictures in a row. Very wide and very high ones are cut. */
export const tileWidth = ({ width, height }: Size): number =>
  width <= 0 || height <= 0 ? ROW : Math.round(Math.min(280, Math.max(96, (width / height) * ROW)))

const FEW_BYTES = 60

/** The height of the first lines of a text: it is known before them, so it depends on the size of the file. */
export const snippetHeight = ({ size }: { size: number }): number => (size <= FEW_BYTES ? 67 : 118)
