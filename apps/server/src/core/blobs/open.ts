/** Opens the store that the settings name. */
import type { Settings } from '@plausch/wire'
import type { Blobs } from './blobs.ts'
import { localBlobs } from './local.ts'
import { s3Blobs } from './s3.ts'

const keyPattern = /^[a-z]+\/[a-z0-9]{26}(\.[a-z0-9]+)?$/

/** A key that could name anything except a blob of ours is a defect of the caller. */
const checked = (key: string): string => {
  if (!keyPattern.test(key)) throw new Error(`'${key}' cannot be the key of a blob`)
  return key
}

const open = (settings: Settings, folder: string): Blobs =>
  settings.FileSettings.DriverName === 'amazons3'
    ? s3Blobs(settings)
    : localBlobs(folder, settings.FileSettings.Directory)

/**
 * The store that the settings name, opened again when they change. A relative `FileSettings.Directory` is
 * below `folder`, the server's own folder.
 */
export const openBlobs = (settings: () => Settings, folder: string): Blobs => {
  let opened: { by: string; blobs: Blobs } | undefined
  const now = (): Blobs => {
    const current = settings()
    const by = JSON.stringify(current.FileSettings)
    if (opened?.by !== by) opened = { by, blobs: open(current, folder) }
    return opened.blobs
  }
  return {
    put: (key, source) => now().put(checked(key), source),
    get: (key, range) => now().get(checked(key), range),
    exists: (key) => now().exists(checked(key)),
    remove: (key) => now().remove(checked(key)),
  }
}
