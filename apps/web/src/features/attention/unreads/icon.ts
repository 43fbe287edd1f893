/** The icon of the browser tab while there is something unread. */
const SIZE = 64

const drawIcon = (mentions: number, most: number): string => {
  const canvas = document.createElement('canvas')
  canvas.width = SIZE
  canvas.height = SIZE
  const pen = canvas.getContext('2d')
  if (!pen) return ''
  pen.fillStyle = '#006a75'
  pen.beginPath()
  pen.roundRect(0, 0, SIZE, SIZE, 16)
  pen.fill()
  pen.strokeStyle = '#fcfaf7'
  pen.lineWidth = 6
  pen.lineCap = 'round'
  pen.stroke(new Path2D('M22 51V30a13 13 0 1 1 13 13h-4.6'))
  pen.fillStyle = mentions > 0 ? '#b8431f' : '#fcfaf7'
  pen.beginPath()
  pen.arc(46, 18, mentions > 0 ? 18 : 12, 0, Math.PI * 2)
  pen.fill()
  if (mentions > 0) {
    pen.fillStyle = '#ffffff'
    pen.font = '600 24px Inter, sans-serif'
    pen.textAlign = 'center'
    pen.textBaseline = 'middle'
    pen.fillText(mentions > most ? `${most}+` : String(mentions), 46, 19)
  }
  return canvas.toDataURL('image/png')
}

/** Each icon is drawn once: drawing takes longer than a keystroke may. */
const icons = new Map<number, string>()

/**
 * The icon with the number of mentions, at most `most`, or for none with a dot: there are unread messages.
 * Returns a data URL.
 */
export const iconOf = (mentions: number, most: number): string => {
  const known = icons.get(mentions) ?? drawIcon(mentions, most)
  icons.set(mentions, known)
  return known
}
