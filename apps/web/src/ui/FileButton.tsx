import { type ComponentProps, useRef } from 'react'
import { Button } from './Button.tsx'

type FileButtonProps = Omit<ComponentProps<typeof Button>, 'onClick' | 'children'> & {
  label: string
  /** The types of files, as `accept` of an input has them. */
  accept: string
  choose(file: File): void
}

/** A button that asks for one file. The same file can be chosen again. */
export const FileButton = ({ label, accept, choose, ...button }: FileButtonProps) => {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={input}
        type="file"
        accept={accept}
        hidden
        aria-label={label}
        onChange={(event) => {
          const [file] = event.target.files ?? []
          event.target.value = ''
          if (file) choose(file)
        }}
      />
      <Button {...button} onClick={() => input.current?.click()}>
        {label}
      </Button>
    </>
  )
}
