import { useEffect, useMemo, useRef } from 'react'
import { keepSame, type Row } from './rows.ts'

/** The rows, but those that say the same as in the last rendering are the same objects. */
export const useSameRows = (rows: readonly Row[]): readonly Row[] => {
  const before = useRef<readonly Row[]>([])
  const kept = useMemo(() => keepSame(before.current, rows), [rows])
  useEffect(() => {
    before.current = kept
  }, [kept])
  return kept
}
