/**
 * Request paths as clients spell them: which clean path a spelling means, and which paths belong to the API.
 */

/**
 * The path of a request target: without its query, and without the host that it may name (RFC 9112, section
 * 3.2.2).
 */
const pathOf = (target: string): string => {
  const query = target.indexOf('?')
  const path = query < 0 ? target : target.slice(0, query)
  return path.startsWith('/') ? path : path.replace(/^https?:\/\/[^/]*/i, '')
}

const isStep = (segment: string): boolean => /^(\.|%2e){1,2}$/i.test(segment)

/** Removes doubled slashes and dot segments; keeps one slash at the end. */
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
 * The clean spelling of a path with doubled slashes or dot segments (`/./`, `/../`); undefined if it is
 * clean. It leads to no other host: browsers read a backslash as a slash.
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

/** Does a path, however it is spelled, belong to the API, so that the web client must not answer it? */
export const isForPrograms = (target: string): boolean => {
  const path = decoded(decoded(pathOf(target)))
    .replaceAll('\\', '/')
    .toLowerCase()
  return /^\/(api$|(api|hooks|oauth|static)\/)/.test(withoutSteps(path))
}
