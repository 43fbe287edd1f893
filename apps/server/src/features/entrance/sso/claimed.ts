/**
 * The groups that a sign-in service says a person is in. All of this comes from outside: whatever it
 * contains, reading it takes time by its length, and at most so many groups are taken.
 */

/** `value` is what the service calls the group, in one form; `name` what people are shown. */
export type NamedGroup = { value: string; name: string }

export type Claimed = {
  groups: readonly NamedGroup[]
  /** Are these all? What was cut off says of nobody that they have left a group. */
  isWhole: boolean
}

const MOST_VALUES = 500
const MOST_LENGTH = 256
/** Nobody nests groups deeper. */
const MOST_PARTS = 16

const isClean = (text: string): boolean => text.isWellFormed() && !/\p{Cc}/u.test(text)

/** A part of an entitlement, without the signs that stand for others; undefined if it is not well made. */
const decoded = (part: string): string | undefined => {
  if (part === '' || /[\s?]/u.test(part)) return undefined
  try {
    const text = decodeURIComponent(part)
    return isClean(text) && text.trim() !== '' ? text : undefined
  } catch {
    return undefined
  }
}

/** `%c3` and `%C3` are the same. */
const inOneForm = (part: string): string => part.replaceAll(/%[0-9a-f]{2}/gi, (sign) => sign.toUpperCase())

type Entitlement = {
  /** `urn:…:group`, where only the first two parts may be written in any case. */
  head: string
  parts: readonly string[]
  names: readonly string[]
  /** Who says so, with its `#`; '' for nobody in particular. Another one's group is another group. */
  authority: string
}

/**
 * `urn:<namespace>:group:<group>[:<subgroup>…][:role=<role>][#<authority>]`, as AARC-G069 has it. Which role
 * a person has in the group plays no part. Undefined for an entitlement to something else.
 */
const entitlementIn = (text: string): Entitlement | undefined => {
  const at = text.indexOf('#')
  const [body, authority] = at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at)]
  const [, id = '', ...rest] = body.split(':')
  const start = rest.indexOf('group', 1)
  if (id === '' || start < 1) return undefined
  const parts = rest.slice(start + 1)
  if (parts.at(-1)?.startsWith('role=')) parts.pop()
  const names = parts.flatMap((part) => decoded(part) ?? [])
  if (parts.length === 0 || parts.length > MOST_PARTS || names.length < parts.length) return undefined
  if (parts.some((part) => part.startsWith('role='))) return undefined
  const head = ['urn', id.toLowerCase(), ...rest.slice(0, start + 1)].join(':')
  return { head, parts: parts.map(inOneForm), names, authority }
}

/** The group of the first parts of an entitlement. */
const groupOf = ({ head, parts, names, authority }: Entitlement, depth: number): NamedGroup => ({
  value: `${head}:${parts.slice(0, depth).join(':')}${authority}`,
  name: names.slice(0, depth).join('/'),
})

/** `/staff/optics` and a bare name are what they are. */
const plain = (text: string): NamedGroup => ({ value: text, name: text.replace(/^\/(?=.)/, '') })

/**
 * The groups in a claim or an attribute: a list of texts, or one text. Undefined if it says nothing, which is
 * not the same as that the person is in no group.
 */
export const claimedIn = (raw: unknown): Claimed | undefined => {
  const list: unknown = typeof raw === 'string' ? [raw] : raw
  if (!Array.isArray(list)) return undefined
  const texts = list.slice(0, MOST_VALUES).filter((each) => typeof each === 'string')
  if (list.length > 0 && texts.length === 0) return undefined
  const found = new Map<string, NamedGroup>()
  const above: Entitlement[] = []
  for (const each of texts) {
    if (each.length > MOST_LENGTH || !isClean(each)) continue
    const text = each.trim()
    if (text === '') continue
    const isUrn = /^urn:/i.test(text)
    const entitlement = isUrn ? entitlementIn(text) : undefined
    if (isUrn && !entitlement) continue
    const group = entitlement ? groupOf(entitlement, entitlement.parts.length) : plain(text)
    found.set(group.value, group)
    if (entitlement) above.push(entitlement)
  }
  // Who is in a subgroup is in the groups above it.
  let isCut = list.length > MOST_VALUES
  for (const entitlement of above)
    for (let depth = entitlement.parts.length - 1; depth > 0; depth -= 1) {
      const group = groupOf(entitlement, depth)
      if (found.has(group.value)) continue
      if (found.size < MOST_VALUES) found.set(group.value, group)
      else isCut = true
    }
  return { groups: [...found.values()], isWhole: !isCut }
}
