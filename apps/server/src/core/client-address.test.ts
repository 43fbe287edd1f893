/** The address that a request comes from, whatever its headers say. */
import type { IncomingMessage } from 'node:http'
import { type Place, place, serverForTest } from '@plausch/testkit'
import { settings } from '@plausch/wire'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { clientAddress, networkOf, noticeProxy } from './client-address.ts'
import { isLocal } from './origin.ts'

let at: Place
beforeAll(async () => {
  at = await place()
})
afterAll(() => at.stop())

const configure = (TrustedProxies: string[], TrustedProxyIPHeader: string[] = []) =>
  at.root.call(settings.patch, {
    body: { PlauschSettings: { TrustedProxies }, ServiceSettings: { TrustedProxyIPHeader } },
  })
beforeEach(async () => {
  await configure([])
})

const from = (remoteAddress: string, headers: Record<string, string> = {}) =>
  ({ socket: { remoteAddress }, headers }) as unknown as IncomingMessage
const read = (remote: string, headers?: Record<string, string>) =>
  clientAddress(at.server.app.server, from(remote, headers))
const behind = (list: string) => read('127.0.0.1', { 'x-forwarded-for': list })

it('is read with and without a port, and junk is ignored', () => {
  for (const [list, ip] of [
    ['203.0.113.9', '203.0.113.9'],
    ['203.0.113.9:2000', '203.0.113.9'],
    [' 203.0.113.9 ', '203.0.113.9'],
    ['2001:db8::1', '2001:db8::1'],
    ['[2001:DB8:0::1]', '2001:db8::1'],
    ['[2001:db8::1]:443', '2001:db8::1'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['1.1.1.1, 203.0.113.9', '203.0.113.9'],
    ['<script>, 203.0.113.9', '203.0.113.9'],
    ['1.1.1.1, 203.0.113.9, 127.0.0.1', '203.0.113.9'],
    ['127.0.0.1', '127.0.0.1'],
  ] as const)
    expect(behind(list), list).toBe(ip)
  for (const junk of [
    '<script>',
    '203.0.113.9, <script>',
    '',
    ',',
    'unknown',
    '203.0.113',
    '0x7f.1',
    '203.0.113.9:x',
    '203.0.113.9:',
    '[203.0.113.9]:1',
    '[2001:db8::1',
    '2001:db8::1%eth0',
    '203.0.113.9 OR 1=1',
    '203.0.113.256',
    'x'.repeat(10_000),
  ])
    expect(behind(junk), junk).toBe('127.0.0.1')
})

it('is taken only from proxies of ours', async () => {
  const header = { 'x-forwarded-for': '203.0.113.9' }
  expect(read('198.51.100.1', header)).toBe('198.51.100.1')
  expect(read('::ffff:198.51.100.1', header)).toBe('198.51.100.1')
  await configure(['198.51.100.0/24', '2001:db8::/32'])
  for (const proxy of ['198.51.100.1', '::ffff:198.51.100.77', '2001:db8::5', '127.0.0.1', '::1'])
    expect(read(proxy, header), proxy).toBe('203.0.113.9')
  for (const other of ['198.51.101.1', '2001:db9::5', '']) expect(read(other, header), other).toBe(other)
  // Through two proxies of ours.
  expect(read('198.51.100.1', { 'x-forwarded-for': '1.1.1.1, 203.0.113.9, 198.51.100.2' })).toBe(
    '203.0.113.9',
  )
  await configure([])
  expect(read('198.51.100.1', header)).toBe('198.51.100.1')
})

it('is taken from the headers that the settings name, in their order', async () => {
  const headers = { 'x-forwarded-for': '1.1.1.1', 'x-real-ip': '203.0.113.9' }
  expect(read('127.0.0.1', headers)).toBe('1.1.1.1')
  await configure([], ['X-Real-IP'])
  expect(read('127.0.0.1', headers)).toBe('203.0.113.9')
  expect(read('127.0.0.1', { 'x-forwarded-for': '1.1.1.1' })).toBe('127.0.0.1')
  expect(read('127.0.0.1', { 'x-real-ip': '<script>' })).toBe('127.0.0.1')
  await configure([], ['X-Real-IP', 'X-Forwarded-For'])
  expect(read('127.0.0.1', { 'x-real-ip': 'junk', 'x-forwarded-for': '1.1.1.1' })).toBe('1.1.1.1')
})

it('is never this machine if a proxy asks, whatever the proxy says', () => {
  const host = { host: '127.0.0.1:8065' }
  expect(isLocal('127.0.0.1', host)).toBe(true)
  for (const header of ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via', 'x-forwarded-host'])
    for (const value of ['127.0.0.1', 'junk', ''])
      expect(isLocal('127.0.0.1', { ...host, [header]: value }), header).toBe(false)
})

it('counts for limits as the network of one subscriber', () => {
  expect(networkOf('203.0.113.9')).toBe('203.0.113.9')
  expect(networkOf('::ffff:203.0.113.9')).toBe('203.0.113.9')
  expect(networkOf('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64')
  expect(networkOf('2001:db8:1:2::1')).toBe(networkOf('2001:db8:1:2:ffff::'))
  expect(networkOf('2001:db8:1:2::1')).not.toBe(networkOf('2001:db8:1:3::1'))
  expect(networkOf('')).toBe('')
})

it('appears in the audit log as an address, not as the text of a header', async () => {
  const audited = async (header: string) => {
    const response = await fetch(`${at.server.url}/api/v4/users/login`, {
      method: 'POST',
      headers: { 'x-forwarded-for': header },
      body: JSON.stringify({ login_id: at.bo.username, password: at.bo.password }),
    })
    expect(response.status).toBe(200)
    const list = await at.root.fetch(`/api/v4/users/${at.bo.id}/audits`)
    return ((await list.json()) as { ip_address: string }[])[0]?.ip_address
  }
  expect(await audited('203.0.113.9:2000')).toBe('203.0.113.9')
  expect(await audited('<script>alert(1)</script>')).toBe('127.0.0.1')
  expect(at.server.logged.join('\n')).not.toContain('<script>')
})

it('shares one bucket of the limits across all ports and a whole IPv6 network', async () => {
  const server = await serverForTest({
    fixed: { RateLimitSettings: { Enable: true, PerSec: 1, MaxBurst: 3 } },
  })
  const passed = async (addresses: string[]) => {
    const answers = await Promise.all(
      addresses.map((ip) =>
        fetch(`${server.url}/api/v4/system/ping`, { headers: { 'x-forwarded-for': ip } }),
      ),
    )
    return answers.filter(({ status }) => status === 200).length
  }
  const twenty = Array.from({ length: 20 }, (_, n) => n)
  expect(await passed(twenty.map((n) => `9.1.1.2:${2000 + n}`))).toBeLessThan(15)
  expect(await passed(twenty.map((n) => `2001:db8:1:2::${n}`))).toBeLessThan(15)
  expect(await passed(twenty.map((n) => `2001:db8:${n}::1`))).toBe(20)
})

it('is reported once in the log if all requests come through an unnamed proxy', () => {
  const { server } = at.server.app
  const warnings = () => at.server.logged.filter((line) => line.includes('TrustedProxies'))
  const notice = (remote: string, times: number, headers: Record<string, string> = {}) => {
    for (let n = 0; n < times; n += 1) noticeProxy(server, from(remote, headers))
  }
  const header = { 'x-forwarded-for': '203.0.113.9' }
  notice('198.51.100.1', 49, header)
  notice('198.51.100.2', 1)
  notice('198.51.100.1', 49, header)
  notice('127.0.0.1', 100, header)
  expect(warnings()).toEqual([])
  notice('198.51.100.1', 50, header)
  expect(warnings()).toHaveLength(1)
  expect(warnings()[0]).toContain('198.51.100.1')
  notice('198.51.100.1', 200, header)
  expect(warnings()).toHaveLength(1)
})
