/**
 * Clients that disconnect during their request, during the answer, or between the two. This is no failure of
 * the server.
 */
import { type Place, place, sendFile, write } from '@plausch/testkit'
import { isStreamed } from '@plausch/wire'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openPlain } from './plain-http.ts'
import { addressOf, NOBODY, paramsOf, rows, sampleOf } from './rows.ts'

let at: Place
beforeAll(async () => {
  at = await place()
})
afterAll(() => at.stop())

/** Lines of warnings and errors. */
const complaints = () =>
  at.server.logged.filter((line) => (JSON.parse(line) as { level: number }).level >= 40)

const ENDS_SESSIONS = ['sessions.logout', 'sessions.revokeAll', 'passwords.change']
const brings = rows.filter(({ operation }) => !ENDS_SESSIONS.includes(operation.id))

it('leaves no warning in the log, for any request', async () => {
  const file = await sendFile(at.bo, at.townSquare, 'large.bin', new Uint8Array(3_000_000))
  const post = await write(at.bo, at.townSquare, 'x')
  const upload = await at.bo.fetch('/api/v4/uploads', {
    method: 'POST',
    body: JSON.stringify({ channel_id: at.townSquare.id, filename: 'x', file_size: 5_000_000 }),
  })
  const ids: Record<string, string> = {
    user_id: 'me',
    channel_id: at.townSquare.id,
    team_id: at.team.id,
    file_id: file.id,
    post_id: post.id,
    upload_id: ((await upload.json()) as { id: string }).id,
  }
  for (const { operation } of brings) {
    const names = paramsOf(operation).map((name) => [name, ids[name] ?? NOBODY] as const)
    const path = addressOf(operation, Object.fromEntries(names))
    const query = operation.id === 'files.upload' ? `?channel_id=${at.townSquare.id}&filename=x` : ''
    const head = `${operation.method} ${path}${query} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${at.bo.api.token()}\r\n`
    const form = 'content-type: multipart/form-data; boundary=b\r\n'
    const part = '--b\r\ncontent-disposition: form-data; name="image"; filename="x.png"\r\n\r\n'
    const whole = isStreamed(operation) ? 'xxxx' : JSON.stringify(sampleOf((operation.body ?? {}) as never))
    const requests = operation.body
      ? [
          `${head}content-length: 200000\r\n\r\n${'x'.repeat(1000)}`,
          `${head}transfer-encoding: chunked\r\n\r\n3e8\r\n${' '.repeat(1000)}\r\n`,
          `${head}content-length: ${whole.length}\r\n\r\n${whole}`,
          ...(isStreamed(operation) ? [`${head}${form}content-length: 200000\r\n\r\n${part}xx`] : []),
        ]
      : [`${head}\r\n`]
    for (const request of requests) {
      const connection = await openPlain(at.server)
      await connection.write(request)
      connection.socket.resetAndDestroy()
    }
  }
  // During an answer that is larger than the kernel's buffers.
  for (let n = 0; n < 5; n += 1) {
    const connection = await openPlain(at.server)
    await connection.write(
      `GET /api/v4/files/${file.id} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${at.bo.api.token()}\r\n\r\n`,
    )
    connection.socket.resume()
    await new Promise<void>((resolve) => connection.socket.once('data', () => resolve()))
    connection.socket.resetAndDestroy()
  }
  // All of them are over when a later request is answered, and the counters have settled.
  await expect.poll(async () => (await at.bo.fetch('/api/v4/users/me')).status).toBe(200)
  await expect.poll(() => at.server.app.pool.counts().waiting).toBe(0)
  expect(complaints()).toEqual([])
})
