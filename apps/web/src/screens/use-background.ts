import { useEffect } from 'react'
import { partsOf } from '../platform/feature.ts'

/** What features do while somebody is signed in. */
export const useBackground = (): void => {
  useEffect(() => {
    const ends = partsOf('background').map((begin) => begin())
    return () => {
      for (const end of ends) end()
    }
  }, [])
}
