import { select } from '@plausch/client'
import type { FileInfo } from '@plausch/wire'
import { useEffect, useMemo } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { ensureFiles, files } from './known.ts'
import { FileList } from './MessageFiles.tsx'

const isSame = (a: readonly FileInfo[], b: readonly FileInfo[]): boolean =>
  a.length === b.length && a.every((file, i) => file === b[i])

/** Files of which only the ids are known, as of a message that is being sent. */
export const FilesById = ({ ids }: { ids: readonly string[] }) => {
  const known = useSource(
    useMemo(() => select((read) => ids.flatMap((id) => read(files.at(id)) ?? []), isSame), [ids]),
  )
  useEffect(() => ensureFiles(ids), [ids])
  return known.length === 0 ? null : <FileList files={known} />
}
