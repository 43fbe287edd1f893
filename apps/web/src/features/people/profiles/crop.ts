/** Cutting a square out of a picture. */

/** How a picture lies in the square: its centre, as parts of the picture, and how far it is enlarged. */
export type Crop = { x: number; y: number; zoom: number }

export const WHOLE: Crop = { x: 0.5, y: 0.5, zoom: 1 }
export const MOST_ZOOM = 4

/** The square in the picture that a crop shows. */
export const squareOf = (
  { x, y, zoom }: Crop,
  width: number,
  height: number,
): { left: number; top: number; side: number } => {
  const side = Math.min(width, height) / zoom
  const within = (centre: number, whole: number): number =>
    Math.min(whole - side, Math.max(0, centre * whole - side / 2))
  return { left: within(x, width), top: within(y, height), side }
}

/** The crop after the picture was moved by parts of the square's side, kept inside of the picture. */
export const moved = (crop: Crop, dx: number, dy: number, width: number, height: number): Crop => {
  const { side, left, top } = squareOf(crop, width, height)
  const centre = (start: number, by: number, whole: number): number =>
    Math.min(whole - side / 2, Math.max(side / 2, start + side / 2 - by * side)) / whole
  return { ...crop, x: centre(left, dx, width), y: centre(top, dy, height) }
}
