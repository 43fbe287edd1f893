import { type RefObject, useEffect } from 'react'

/** Colours code. What colours is loaded with the first code; without it, code has one colour. */
export const useHighlight = (code: RefObject<HTMLElement | null>, language: string, text: string): void => {
  useEffect(() => {
    const element = code.current
    if (!element || language === '') return
    let isOver = false
    let clean = (): void => undefined
    import('./highlight.ts').then(
      ({ colour }) => {
        if (!isOver) clean = colour(element, language, text)
      },
      () => undefined,
    )
    return () => {
      isOver = true
      clean()
    }
  }, [code, language, text])
}
