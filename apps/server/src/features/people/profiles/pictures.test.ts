/** The pictures of people, teams and the server. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { converge, formWith, type Person, type Place, place } from '@plausch/testkit'
import { settings, teams, users } from '@plausch/wire'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let at: Place
beforeAll(async () => {
  at = await place()
})
afterAll(() => at.stop())

const PICTURE = new Uint8Array(
  await sharp({ create: { width: 400, height: 200, channels: 3, background: '#246' } })
    .jpeg()
    .withExif({ IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '52/1 30/1 0/1' } })
    .toBuffer(),
)

const set = (by: Person, path: string, bytes: Uint8Array<ArrayBuffer> | string = PICTURE, field = 'image') =>
  by.fetch(`/api/v4${path}`, { method: 'POST', body: formWith(field, 'me.jpg', bytes) })
const get = (by: Person, path: string, headers: Record<string, string> = {}) =>
  by.fetch(`/api/v4${path}`, { headers })
const remove = (by: Person, path: string) => by.fetch(`/api/v4${path}`, { method: 'DELETE' })
const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer())
/** The jobs that delete bytes run every second. */
const JOBS = { timeout: 10_000 }

const kept = () => readdir(join(at.server.blobFolder, 'files', 'pictures')).catch(() => [])
const idOf = async (response: Response) => ((await response.json()) as { id: string }).id

describe('people', () => {
  it('who have not chosen a picture have their initials, with an ETag', async () => {
    const response = await get(at.bo, `/users/${at.ana.id}/image`)
    expect(response.headers.get('content-type')).toBe('image/png')
    expect(response.headers.get('cache-control')).toBe('private, max-age=86400')
    const etag = response.headers.get('etag') ?? ''
    const drawn = await sharp(await bytesOf(response)).metadata()
    expect([drawn.format, drawn.width, drawn.height]).toEqual(['png', 128, 128])
    const again = await get(at.bo, `/users/${at.ana.id}/image`, { 'if-none-match': etag })
    expect([again.status, await again.text()]).toEqual([304, ''])
  })

  it('have initials whatever their name is, and others after changing it', async () => {
    const before = (await get(at.ana, '/users/me/image')).headers.get('etag')
    const names = { first_name: '<script>', last_name: '"&' }
    await at.ana.call(users.patch, { params: { user_id: 'me' }, body: names })
    const after = await get(at.ana, '/users/me/image')
    expect(after.headers.get('etag')).not.toBe(before)
    expect((await sharp(await bytesOf(after)).metadata()).format).toBe('png')
  })

  it('can choose a picture; everybody gets the event, and nothing but the picture is stored', async () => {
    const heard = await at.bo.listen()
    const before = await at.ana.call(users.get, { params: { user_id: 'me' } })
    const response = await converge([at.ana, at.bo], () => set(at.ana, '/users/me/image'))
    expect(response.status).toBe(200)
    const { user } = await heard.next('user_updated', (data) => data.user.id === at.ana.id)
    expect(user.last_picture_update).toBeGreaterThan(before.last_picture_update ?? 0)
    const shown = await get(at.bo, `/users/${at.ana.id}/image?_=${user.last_picture_update}`)
    const picture = await sharp(await bytesOf(shown)).metadata()
    expect([picture.format, picture.width, picture.height, picture.exif]).toEqual([
      'png',
      128,
      128,
      undefined,
    ])
    expect((await kept()).length).toBe(1)
    const initials = await get(at.bo, `/users/${at.ana.id}/image/default`)
    expect(initials.headers.get('etag')).not.toBe(shown.headers.get('etag'))
    // A second one replaces it.
    await set(at.ana, '/users/me/image')
    await expect.poll(kept, JOBS).toHaveLength(1)
    const moved = await at.ana.call(users.get, { params: { user_id: 'me' } })
    expect(moved.last_picture_update).toBeGreaterThan(Number(user.last_picture_update))
    expect((await remove(at.ana, '/users/me/image')).status).toBe(200)
    expect((await get(at.bo, `/users/${at.ana.id}/image`)).headers.get('etag')).toBe(
      initials.headers.get('etag'),
    )
    await expect.poll(kept, JOBS).toEqual([])
  })

  it('set it for themselves only, and administrators for others', async () => {
    expect((await set(at.bo, `/users/${at.ana.id}/image`)).status).toBe(403)
    expect((await remove(at.bo, `/users/${at.ana.id}/image`)).status).toBe(403)
    expect((await set(at.root, `/users/${at.bo.id}/image`)).status).toBe(200)
    expect((await remove(at.root, `/users/${at.bo.id}/image`)).status).toBe(200)
  })

  it('cannot choose a file that is no picture', async () => {
    const before = await get(at.bo, `/users/${at.ana.id}/image`)
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="5" height="5"/>'
    for (const bytes of ['text', svg, PICTURE.slice(0, 100), '']) {
      expect(await idOf(await set(at.ana, '/users/me/image', bytes))).toBe('pictures.unreadable')
    }
    expect(await idOf(await set(at.ana, '/users/me/image', PICTURE, 'other'))).toBe('pictures.none')
    const raw = await at.ana.fetch('/api/v4/users/me/image', { method: 'POST', body: PICTURE })
    expect(await idOf(raw)).toBe('pictures.none')
    const bomb = await sharp({ create: { width: 9000, height: 9000, channels: 3, background: '#000' } })
      .png()
      .toBuffer()
    expect(await idOf(await set(at.ana, '/users/me/image', new Uint8Array(bomb)))).toBe(
      'files.image_too_large',
    )
    const after = await get(at.bo, `/users/${at.ana.id}/image`)
    expect(after.headers.get('etag')).toBe(before.headers.get('etag'))
  })
})

describe('teams', () => {
  it('have a picture that their administrators set', async () => {
    const path = `/teams/${at.team.id}/image`
    expect(await idOf(await get(at.bo, path))).toBe('pictures.absent')
    expect((await set(at.bo, path)).status).toBe(403)
    expect(await idOf(await set(at.eve, path))).toBe('teams.not_found')
    const [heard, outside] = [await at.bo.listen(), await at.eve.listen()]
    expect((await converge([at.ana, at.bo], () => set(at.ana, path))).status).toBe(200)
    const { team } = await heard.next('update_team')
    expect(JSON.parse(team)).toMatchObject({ id: at.team.id, last_team_icon_update: expect.any(Number) })
    await outside.settle()
    expect(outside.all('update_team')).toEqual([])
    expect((await get(at.bo, path)).headers.get('content-type')).toBe('image/png')
    expect((await get(at.eve, path)).status).toBe(404)
    const known = await at.bo.call(teams.get, { params: { team_id: at.team.id } })
    expect(known.last_team_icon_update).toBeGreaterThan(0)
    expect((await remove(at.ana, path)).status).toBe(200)
    expect((await at.bo.call(teams.get, { params: { team_id: at.team.id } })).last_team_icon_update).toBe(0)
    expect((await get(at.bo, path)).status).toBe(404)
  })
})

describe('the server', () => {
  it('has a picture for everybody while the setting is on', async () => {
    const shown = () => fetch(`${at.server.url}/api/v4/brand/image`)
    expect((await set(at.ana, '/brand/image')).status).toBe(403)
    expect((await set(at.root, '/brand/image')).status).toBe(201)
    expect((await shown()).status).toBe(404)
    await at.root.call(settings.patch, { body: { TeamSettings: { EnableCustomBrand: true } } })
    expect((await shown()).headers.get('content-type')).toBe('image/png')
    expect((await remove(at.root, '/brand/image')).status).toBe(200)
    expect((await shown()).status).toBe(404)
  })
})
