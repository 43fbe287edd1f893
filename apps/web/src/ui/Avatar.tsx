import styles from './Avatar.module.css'

const GROUNDS = 12

/** One of twelve background colours, always the same for an id. */
const groundOf = (id: string): number => {
  let sum = 0
  for (let i = 0; i < id.length; i++) sum = (sum * 31 + id.charCodeAt(i)) % 9973
  return sum % GROUNDS
}

/** The first letters of the first and the last word of a name. */
export const initialsOf = (name: string): string => {
  const words = name.split(/[\s._-]+/).filter(Boolean)
  const [first = '?'] = words
  const last = words.length > 1 ? (words.at(-1) ?? '') : ''
  return ([...first].slice(0, 1).join('') + [...last].slice(0, 1).join('')).toUpperCase()
}

type AvatarProps = {
  id: string
  name: string
  /** The address of a picture; '' or undefined if there is none. */
  picture?: string | undefined
  size?: 20 | 24 | 28 | 36 | 56 | 72
}

/**
 * A person's avatar: a picture over initials on a background colour, which show until it is there. The name
 * is beside it, so screen readers skip it.
 */
export const Avatar = ({ id, name, picture, size = 36 }: AvatarProps) => (
  <span className={styles.avatar} data-ground={groundOf(id)} data-size={size} aria-hidden>
    {size > 20 ? initialsOf(name) : initialsOf(name).slice(0, 1)}
    {picture && (
      <img
        key={picture}
        src={picture}
        alt=""
        width={size}
        height={size}
        loading="lazy"
        decoding="async"
        draggable={false}
        onError={(event) => {
          event.currentTarget.hidden = true
        }}
      />
    )}
  </span>
)
