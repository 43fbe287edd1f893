/** Files that are dropped anywhere on a channel or on a pane. */
import { type RefObject, useEffect, useRef, useState } from 'react'

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false

/**
 * Watches the region around an element: the messages or the pane that it belongs to. Returns where the
 * region is while files are dragged over it.
 */
export const useDrop = (
  inside: RefObject<HTMLElement | null>,
  onFiles: (files: readonly File[]) => void,
): DOMRect | undefined => {
  const [over, setOver] = useState<DOMRect>()
  const take = useRef(onFiles)
  take.current = onFiles

  useEffect(() => {
    const region = inside.current?.closest<HTMLElement>('main, aside')
    if (!region) return
    // Entering a child leaves its parent, so the elements are counted.
    let depth = 0
    const enter = (event: DragEvent): void => {
      if (!hasFiles(event)) return
      depth += 1
      setOver(region.getBoundingClientRect())
    }
    const leave = (event: DragEvent): void => {
      if (!hasFiles(event)) return
      depth -= 1
      if (depth <= 0) end()
    }
    const end = (): void => {
      depth = 0
      setOver(undefined)
    }
    const hover = (event: DragEvent): void => {
      if (!hasFiles(event)) return
      event.preventDefault()
      if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy'
    }
    const drop = (event: DragEvent): void => {
      if (!hasFiles(event)) return
      event.preventDefault()
      event.stopPropagation()
      end()
      take.current([...(event.dataTransfer?.files ?? [])])
    }
    const all = { dragenter: enter, dragleave: leave, dragover: hover, drop }
    for (const [name, listen] of Object.entries(all)) region.addEventListener(name, listen as EventListener)
    return () => {
      for (const [name, listen] of Object.entries(all))
        region.removeEventListener(name, listen as EventListener)
    }
  }, [inside])

  return over
}
