/**
 * `bin/node tools/icons.ts`: draws the pictures of the installed web client from its mark. Run it after a
 * change of `apps/web/public/favicon.svg`; the pictures are in the repository.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'

const folder = join(import.meta.dirname, '../apps/web/public')
const mark = await readFile(join(folder, 'favicon.svg'), 'utf8')
/** Systems cut pictures of this kind to their own form, so the ground has no round corners. */
const maskable = mark.replace(/ rx="\d+"/, '')

/** The mark stays inside the inner four fifths, which no system cuts. */
const draw = async (svg: string, size: number, name: string): Promise<void> => {
  const density = (72 * size) / 32
  await sharp(Buffer.from(svg), { density })
    .resize(size, size)
    .png({ compressionLevel: 9, palette: true })
    .toFile(join(folder, name))
}

await draw(mark, 192, 'icon-192.png')
await draw(mark, 512, 'icon-512.png')
await draw(maskable, 512, 'icon-maskable-512.png')
