/** The values of a form, and what is wrong with each of them. */
import { type ChangeEvent, useRef, useState } from 'react'
import { faultId, problemOf } from '../i18n/text.ts'

export type Problems<V> = { [Name in keyof V]?: string | undefined }

type Rules<V> = {
  /** What is wrong with the values before they are sent; '' or nothing for those that are right. */
  check?(values: V): Problems<V> | Promise<Problems<V>>
  /** The fields that refusals of the server are about, by the beginnings of the ids of these faults. */
  refusals?: Readonly<Record<string, keyof V>>
  /** Under this key, what was typed survives the dialog in which it was typed, until `forget`. */
  keptAs?: string
}

type TextOf<V> = { [Name in keyof V]: V[Name] extends string ? Name : never }[keyof V]

const kept = new Map<string, unknown>()

export const useForm = <V extends object>(
  initial: V | (() => V),
  { check, refusals = {}, keptAs }: Rules<V> = {},
) => {
  const [values, setValues] = useState<V>((keptAs && (kept.get(keptAs) as V | undefined)) || initial)
  /** Also for what is set twice before the next rendering. */
  const latest = useRef(values)
  const [problems, setProblems] = useState<Problems<V>>({})

  /** What was said about a value does not hold for the next one. */
  const set = (part: Partial<V>): void => {
    latest.current = { ...latest.current, ...part }
    if (keptAs) kept.set(keptAs, latest.current)
    setValues(latest.current)
    const right = Object.fromEntries(Object.keys(part).map((name) => [name, '']))
    setProblems((before) => ({ ...before, ...right }))
  }
  const refuse = (found: Problems<V>): boolean => {
    setProblems(found)
    return Object.values(found).some(Boolean)
  }

  return {
    values,
    set,
    /** Says what is wrong; returns whether anything is. */
    refuse,
    forget: (): void => void (keptAs && kept.delete(keptAs)),
    problemOf: (name: keyof V): string => problems[name] ?? '',
    /** The properties of a field for text. */
    text: (name: TextOf<V>) => ({
      value: values[name] as string,
      problem: problems[name] ?? '',
      onChange: (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) =>
        set({ [name]: event.target.value } as Partial<V>),
    }),
    /** The properties of a field of another kind. */
    part: <Name extends keyof V>(name: Name) => ({
      value: values[name],
      problem: problems[name] ?? '',
      onChange: (value: V[Name]) => set({ [name]: value } as unknown as Partial<V>),
    }),
    /** For `submit` of a form: sends the values if they are right, and otherwise says what is wrong. */
    checked: (send: (values: V) => unknown) => async (): Promise<unknown> => {
      const sent = latest.current
      if (refuse((await check?.(sent)) ?? {})) return false
      try {
        return await send(sent)
      } catch (error) {
        const found = Object.entries(refusals).find(([id]) => faultId(error).startsWith(id))
        if (!found) throw error
        return !refuse({ [found[1]]: problemOf(error) } as Problems<V>)
      }
    },
  }
}
