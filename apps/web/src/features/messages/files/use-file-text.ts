/** The beginning of a text file. */
import type { FileInfo } from '@plausch/wire'
import { useEffect, useState } from 'react'
import { fileUrl } from './addresses.ts'

export type FileText =
  | { state: 'loading' }
  | { state: 'failed' }
  | { state: 'ready'; text: string; isCut: boolean }

const LOADING: FileText = { state: 'loading' }

const load = async (file: FileInfo, most: number, signal: AbortSignal): Promise<FileText> => {
  const headers = { Range: `bytes=0-${most - 1}` }
  const response = await fetch(fileUrl(file), { headers, signal, credentials: 'same-origin' })
  if (!response.ok) return { state: 'failed' }
  const bytes = await response.arrayBuffer()
  const text = new TextDecoder().decode(bytes.slice(0, most))
  const isCut = file.size > most
  // Half a character at the end of what was loaded.
  return { state: 'ready', text: isCut ? text.replace(/\uFFFD+$/, '') : text, isCut }
}

/** Loads at most so many bytes. */
export const useFileText = (file: FileInfo, most: number): FileText => {
  const [state, setState] = useState<FileText>(LOADING)
  useEffect(() => {
    const stop = new AbortController()
    setState(LOADING)
    load(file, most, stop.signal).then(setState, () => {
      if (!stop.signal.aborted) setState({ state: 'failed' })
    })
    return () => stop.abort()
  }, [file, most])
  return state
}
