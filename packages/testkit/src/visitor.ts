/** A browser without a screen: it keeps cookies, follows redirects as told, and opens addresses as people do. */
export type Visited = { url: string; response: Response }

export type Visitor = {
  /** The cookies that it has, for all hosts alike: the tests use one host. */
  cookies: Map<string, string>
  /** Opens an address, and follows no redirect. */
  open(url: string, init?: RequestInit): Promise<Response>
  /** The address to which a response sends; undefined if it sends nowhere. */
  nextOf(url: string, response: Response): string | undefined
  /** Follows redirects up to one for which `isEnd` holds, which is not opened. */
  follow(url: string, isEnd?: (next: string) => boolean): Promise<Visited>
  followFrom(url: string, response: Response, isEnd?: (next: string) => boolean): Promise<Visited>
}

const MOST_REDIRECTS = 20

export const visitor = (headers: Record<string, string> = {}): Visitor => {
  const cookies = new Map<string, string>()
  const take = (response: Response): void => {
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';')
      const at = pair.indexOf('=')
      const isGone = attributes.some((each) => /^\s*(max-age=0|expires=Thu, 01 Jan 1970)/i.test(each))
      if (isGone) cookies.delete(pair.slice(0, at).trim())
      else cookies.set(pair.slice(0, at).trim(), pair.slice(at + 1))
    }
  }
  const self: Visitor = {
    cookies,
    async open(url, init = {}) {
      const response = await fetch(url, {
        ...init,
        redirect: 'manual',
        headers: {
          accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
          ...(cookies.size > 0
            ? { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }
            : {}),
          ...headers,
          ...(init.headers as Record<string, string> | undefined),
        },
      })
      take(response)
      return response
    },
    nextOf(url, response) {
      const to = response.status >= 300 && response.status < 400 ? response.headers.get('location') : null
      return to === null ? undefined : new URL(to, url).href
    },
    follow: async (url, isEnd) => await self.followFrom(url, await self.open(url), isEnd),
    async followFrom(url, response, isEnd = () => false) {
      let at: Visited = { url, response }
      for (let left = MOST_REDIRECTS; left > 0; left -= 1) {
        const next = self.nextOf(at.url, at.response)
        if (next === undefined || isEnd(next)) return at
        at = { url: next, response: await self.open(next) }
      }
      throw new Error(`too many redirects: ${at.url}`)
    },
  }
  return self
}
