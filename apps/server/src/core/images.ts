/**
 * Measures, scales and draws pictures. Only a few at a time, so that decoding cannot take the whole machine,
 * and only in the listed formats. A picture that declares more pixels than allowed is refused before it is
 * decoded. Pictures made here have no metadata: neither place nor camera.
 */
import { availableParallelism } from 'node:os'
import type { Sharp, SharpOptions } from 'sharp'
import { framesBeside } from './moving.ts'
import { perServer, type Server } from './server.ts'

/** The formats that are decoded, by libvips' names for their loaders. */
const readers = {
  jpeg: 'VipsForeignLoadJpeg',
  png: 'VipsForeignLoadPng',
  gif: 'VipsForeignLoadNsgif',
  webp: 'VipsForeignLoadWebp',
  tiff: 'VipsForeignLoadTiff',
  heif: 'VipsForeignLoadHeif',
}

const TOO_LONG_S = 20
/** No JPEG can have longer edges. */
const MOST_JPEG_EDGE = 65_500

type Library = typeof import('sharp')['default']

/** Per process: a library that is loaded when it is first needed. */
let loading: Promise<Library> | undefined

/** Imported for the first picture, so that a start need not wait for it. */
const library = (): Promise<Library> => {
  loading ??= import('sharp').then(({ default: sharp }) => {
    sharp.cache(false)
    sharp.concurrency(1)
    sharp.block({ operation: ['VipsForeignLoad'] })
    sharp.unblock({ operation: [...Object.values(readers), 'VipsForeignLoadSvg'] })
    return sharp
  })
  return loading
}

type Gate = <T>(work: () => Promise<T>) => Promise<T>

const gateOf = perServer(
  'pictures being made',
  'bounds what this server does at once',
  (server: Server): Gate => {
    let running = 0
    const waiting: (() => void)[] = []
    return async (work) => {
      const wanted = server.settings().FileSettings.MaxImageDecoderConcurrency
      const most = wanted > 0 ? wanted : availableParallelism()
      while (running >= most) await new Promise<void>((resolve) => waiting.push(resolve))
      running += 1
      try {
        return await work()
      } finally {
        running -= 1
        waiting.shift()?.()
      }
    }
  },
)

export type Picture = {
  format: string
  /** As people see it: rotated as its metadata say. */
  width: number
  height: number
  frames: number
  isOpaque: boolean
}

/** A picture made from another: its bytes and their type. */
export type Made = { bytes: Buffer; type: 'image/jpeg' | 'image/png' }

const open = async (bytes: Uint8Array, options: SharpOptions): Promise<Sharp> =>
  (await library())(bytes, { failOn: 'error', ...options }).timeout({ seconds: TOO_LONG_S })

/** A picture that declares more pixels is not decoded. */
const bounded = (server: Server): SharpOptions => ({
  limitInputPixels: server.settings().FileSettings.MaxImageResolution,
})

/** Measures a picture by its header, without decoding it; undefined if the bytes are no picture. */
export const measure = (server: Server, bytes: Uint8Array): Promise<Picture | undefined> =>
  gateOf(server)(async () => {
    try {
      const head = await (await open(bytes, { limitInputPixels: false })).metadata()
      if (!Object.hasOwn(readers, head.format) || !head.width || !head.height) return undefined
      const isTurned = (head.orientation ?? 1) >= 5
      return {
        format: head.format,
        width: isTurned ? head.height : head.width,
        height: isTurned ? head.width : head.height,
        frames: Math.max(head.pages ?? 1, framesBeside(bytes)),
        isOpaque: !head.hasAlpha,
      }
    } catch {
      return undefined
    }
  })

type Size = {
  width?: number
  height?: number
  fit?: 'outside' | 'inside' | 'cover' | 'fill'
  enlarges?: boolean
}

/**
 * A smaller picture in the given format; 'either' means PNG if the picture has transparency, otherwise JPEG.
 * Undefined if the bytes cannot be decoded.
 */
export const shrink = (
  server: Server,
  bytes: Uint8Array,
  size: Size,
  as: 'png' | 'jpeg' | 'either' = 'either',
): Promise<Made | undefined> =>
  gateOf(server)(async () => {
    try {
      const source = await open(bytes, bounded(server))
      const isOpaque = !(await source.metadata()).hasAlpha
      const small = source.autoOrient().resize({
        width: size.width,
        height: size.height,
        fit: size.fit ?? 'outside',
        withoutEnlargement: !size.enlarges,
      })
      const asJpeg = as === 'jpeg' || (as === 'either' && isOpaque)
      if (!asJpeg) return { bytes: await small.png().toBuffer(), type: 'image/png' }
      const flat = small.flatten({ background: '#ffffff' }).jpeg({ quality: 90 })
      return { bytes: await flat.toBuffer(), type: 'image/jpeg' }
    } catch {
      return undefined
    }
  })

/**
 * A smaller GIF with its animation. Undefined if the bytes cannot be decoded, or all frames together have too
 * many pixels.
 */
export const shrinkMoving = (
  server: Server,
  bytes: Uint8Array,
  size: { width: number; height: number },
): Promise<Buffer | undefined> =>
  gateOf(server)(async () => {
    try {
      const source = await open(bytes, { ...bounded(server), animated: true })
      return await source
        .resize({ ...size, fit: 'inside', withoutEnlargement: true })
        .gif()
        .toBuffer()
    } catch {
      return undefined
    }
  })

/** Is it too long or too wide for a smaller version? */
export const isExtreme = ({ width, height }: Picture): boolean => Math.max(width, height) > MOST_JPEG_EDGE

/** Draws our own SVG as PNG. Never for SVG that somebody sent. */
export const drawSvg = (server: Server, svg: string): Promise<Buffer> =>
  gateOf(server)(async () => await (await open(Buffer.from(svg), bounded(server))).png().toBuffer())
