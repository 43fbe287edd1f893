/** A way to the server that can be slow, and can pretend that the server has a new version of the page. */
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { type AddressInfo, connect } from 'node:net'

export type SlowWay = {
  url: string
  /** Answers of the API wait for as many milliseconds. */
  delay: number
  /** How many answers of the API have passed. */
  answered: number
  /**
   * From now on the server has another program: its service worker is another one, and lacks the old files.
   */
  isNewVersion: boolean
  stop(): Promise<void>
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** The text of a service worker, as if its program were another one. */
const renewed = (text: string): string =>
  text.replace(/"\/static\/start-[^"]+\.js",/, '').replace('shellName="', 'shellName="b')

/** Opens a way to the server at this address. */
export const slowWay = async (origin: string): Promise<SlowWay> => {
  const { hostname, port } = new URL(origin)

  const pass = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    const path = incoming.url ?? '/'
    const isApi = path.startsWith('/api/')
    const changes = way.isNewVersion && path === '/service-worker.js'
    const headers = { ...incoming.headers, ...(changes ? { 'accept-encoding': 'identity' } : {}) }
    if (changes) delete headers['if-none-match']
    const asked = request({ hostname, port, path, method: incoming.method, headers }, async (answer) => {
      if (isApi && way.delay > 0) await sleep(way.delay)
      if (isApi) way.answered += 1
      if (changes) {
        const parts: Buffer[] = []
        for await (const part of answer) parts.push(part as Buffer)
        outgoing.writeHead(200, { 'content-type': 'text/javascript', 'cache-control': 'no-cache' })
        outgoing.end(renewed(Buffer.concat(parts).toString()))
        return
      }
      outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders)
      answer.pipe(outgoing)
    })
    asked.on('error', () => outgoing.destroy())
    incoming.pipe(asked)
  }

  const server = createServer(pass)
  server.on('upgrade', (incoming, near, head) => {
    const far = connect(Number(port), hostname, () => {
      const lines = [`${incoming.method} ${incoming.url} HTTP/1.1`]
      for (let i = 0; i < incoming.rawHeaders.length; i += 2)
        lines.push(`${incoming.rawHeaders[i]}: ${incoming.rawHeaders[i + 1]}`)
      far.write(`${lines.join('\r\n')}\r\n\r\n`)
      far.write(head)
      far.pipe(near).pipe(far)
    })
    const end = (): void => {
      far.destroy()
      near.destroy()
    }
    for (const side of [far, near]) side.on('error', end).on('close', end)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

  const way: SlowWay = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    delay: 0,
    answered: 0,
    isNewVersion: false,
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return way
}
