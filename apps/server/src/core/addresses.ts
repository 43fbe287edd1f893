/** Addresses as they are written: where a spelling leads to, and what it must never be taken for. */

/** The path of a request's target: without its query, and without the host that it may name (RFC 9112, section 3.2.2). */
const pathOf = (target: string): string => {
  const query = target.indexOf('?')
  const path = query < 0 ? target : target.slice(0, query)
  return path.startsWith('/') ? path : path.replace(/^https?:\/\/[^/]*/i, '')
}

const isStep = (segment: string): boolean => /^(\.|%2e){1,2}$/i.test(segment)

/** Without doubled slashes and without steps; one slash at the end stays. */
const withoutSteps = (path: string): string => {
  const segments: string[] = []
  for (const segment of path.split('/')) {
    if (!isStep(segment)) {
      if (segment !== '') segments.push(segment)
    } else if (segment.replaceAll(/%2e/gi, '.') === '..') segments.pop()
  }
  const end = segments.length > 0 && path.endsWith('/') ? '/' : ''
  return `/${segments.join('/')}${end}`
}

const UNCLEAN = /\/\/|\/(\.|%2e){1,2}(\/|$)/i

/**
 * The clean spelling of an address with doubled slashes or steps (`/./`, `/../`); undefined where it is clean. It leads to no other host: browsers
 * read a backslash as a slash.
 */
export const cleanTarget = (target: string): string | undefined => {
  const path = pathOf(target)
  if (!UNCLEAN.test(path)) return undefined
  const query = target.indexOf('?')
  return withoutSteps(path).replaceAll('\\', '%5C') + (query < 0 ? '' : target.slice(query))
}

const decoded = (path: string): string => {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

/** Does an address, however it is spelled, belong to programs, so that it is never one of the web client's? */
export const isForPrograms = (target: string): boolean => {
  const path = decoded(decoded(pathOf(target)))
    .replaceAll('\\', '/')
    .toLowerCase()
  return /^\/(api$|(api|hooks|oauth|static)\/)/.test(withoutSteps(path))
}
