/**
 * The rules of the architecture. Each failure names the rule and the cure; docs/develop/tour.md has the
 * reasons.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { features, floors } from '../src/features/index.ts'
import { everyPath, root, type SourceFile, sourceFiles } from './source.ts'

const files = sourceFiles()
const code = files.filter((file) => !file.path.includes('.test.') && !file.path.includes('/test/'))
const ranks = new Map(features.map((feature, rank) => [feature.name, rank]))
const FEATURES = 'apps/server/src/features/'
const CONTRACT = 'packages/wire/src/'

/** A feature is a folder on a floor: features/FLOOR/FEATURE/. */
const featureOf = (path: string) =>
  path.startsWith(FEATURES) ? path.slice(FEATURES.length).split('/')[1] : undefined
const inFeatures = code.filter((file) => {
  const name = featureOf(file.path)
  return name !== undefined && ranks.has(name)
})
const fileName = (path: string) => path.slice(path.lastIndexOf('/') + 1)
const isStore = (path: string) => /(^|-)store\.ts$/.test(fileName(path))

/** Fails with the cure if any file breaks the rule. */
const none = (broken: string[], cure: string) => expect(broken, cure).toEqual([])

describe('ranks', () => {
  it('lists every folder of features, each on its floor, and only those', () => {
    const folders = new Set(
      code
        .filter(({ path }) => path.startsWith(FEATURES) && path !== `${FEATURES}index.ts`)
        .map(({ path }) => path.slice(FEATURES.length).split('/').slice(0, 2).join('/')),
    )
    const listed = Object.entries(floors).flatMap(([floor, rooms]) =>
      rooms.map(({ name }) => `${floor}/${name}`),
    )
    const differs = [...folders].filter((each) => !listed.includes(each))
    none(
      [...differs, ...listed.filter((each) => !folders.has(each))],
      'list the feature in features/index.ts, on the floor on which its folder is',
    )
  })

  it('describes each floor in at most ten lines', () => {
    const lengths = Object.keys(floors).map(
      (floor) =>
        readFileSync(join(root, FEATURES, floor, 'README.md'), 'utf8')
          .trim()
          .split('\n').length,
    )
    expect(lengths.length).toBeLessThanOrEqual(8)
    expect(Math.max(...lengths)).toBeLessThanOrEqual(10)
  })

  it('the contract has the same floors', () => {
    const floorOf = new Map(
      Object.entries(floors).flatMap(([floor, rooms]) => rooms.map(({ name }) => [name, floor] as const)),
    )
    const broken = code
      .filter(({ path }) => path.startsWith(CONTRACT))
      .filter(({ path }) => {
        const floor = floorOf.get(fileName(path).replace('.ts', ''))
        return floor !== undefined && path !== `${CONTRACT}${floor}/${fileName(path)}`
      })
      .map(({ path }) => path)
    none(broken, 'move it to the folder of its floor')
  })

  it('a feature imports only lower ones', () => {
    const broken = inFeatures.flatMap((file) => {
      const own = featureOf(file.path) ?? ''
      return file.imports
        .map(({ to }) => featureOf(to))
        .filter(
          (other) => other !== undefined && other !== own && (ranks.get(other) ?? 99) > (ranks.get(own) ?? 0),
        )
        .map((other) => `${file.path} imports ${other}`)
    })
    none(broken, 'instead of calling a higher feature, tell a fact that it listens to')
  })

  it('a feature is entered through its index.ts', () => {
    const broken = inFeatures.flatMap((file) =>
      file.imports
        .filter(({ to }) => featureOf(to) !== undefined && featureOf(to) !== featureOf(file.path))
        .filter(({ to }) => fileName(to) !== 'index.ts')
        .map(({ to }) => `${file.path} imports ${to}`),
    )
    none(broken, 'export it from the index.ts of its feature')
  })

  it('core knows no feature', () => {
    const broken = code
      .filter((file) => file.path.startsWith('apps/server/src/core/'))
      .flatMap((file) =>
        file.imports
          .filter(({ to }) => to.includes('/features/'))
          .map(({ to }) => `${file.path} imports ${to}`),
      )
    none(broken, 'let the feature fill a port (core/server.ts)')
  })

  it('packages import only lower ones', () => {
    const allowed: Record<string, string[]> = {
      'packages/wire/': [],
      'packages/markdown/': [],
      'packages/client/': ['@plausch/wire', '@plausch/markdown'],
      'packages/testkit/': ['@plausch/wire', '@plausch/client', '@plausch/server'],
      'apps/server/src/': ['@plausch/wire', '@plausch/markdown'],
      'apps/web/src/': ['@plausch/wire', '@plausch/markdown', '@plausch/client'],
      'apps/cli/src/': ['@plausch/wire', '@plausch/server', '@plausch/cli'],
    }
    const broken = code.flatMap((file) => {
      const place = Object.keys(allowed).find((prefix) => file.path.startsWith(prefix))
      return file.imports
        .filter(({ to }) => to.startsWith('@plausch/'))
        .filter(
          ({ to }) => place && !allowed[place]?.some((name) => to === name || to.startsWith(`${name}/`)),
        )
        .map(({ to }) => `${file.path} imports ${to}`)
    })
    none(broken, 'move shared code down a rank')
  })

  it('has no cycles, not even of types', () => {
    // A dialog may open another one that is loaded later: what is there does not depend on it.
    const isInOrder = (path: string, isLater: boolean) => !(isLater && path.startsWith('apps/web/'))
    const graph = new Map(
      code.map(({ path, imports }) => [
        path,
        imports.filter(({ isLater }) => isInOrder(path, isLater)).map(({ to }) => to),
      ]),
    )
    const state = new Map<string, 'open' | 'done'>()
    const cycles: string[] = []
    const visit = (path: string, trail: string[]) => {
      if (state.get(path) === 'done') return
      if (state.get(path) === 'open') {
        cycles.push([...trail.slice(trail.indexOf(path)), path].join(' → '))
        return
      }
      state.set(path, 'open')
      for (const to of graph.get(path) ?? []) if (graph.has(to)) visit(to, [...trail, path])
      state.set(path, 'done')
    }
    for (const path of graph.keys()) visit(path, [])
    none(cycles, 'two files that import each other are one noun, or contain a third')
  })
})

describe('rights', () => {
  it('permissions in a place are asked of the place that a guard returned', () => {
    // Actors know the system roles; teams and channels are the places, and roles has the list.
    const places = ['roles', 'users', 'sessions', 'tokens', 'teams', 'channels']
    const broken = inFeatures
      .filter((file) => !places.includes(featureOf(file.path) ?? ''))
      .filter((file) => /\bgrant(s|edIn)\(|\brightsInTeam\b|\b(member|team)RolesIn\b/.test(file.text))
      .map((file) => file.path)
    none(broken, 'ask seen.can(permission): it knows moderation, guests and what is denied in the channel')
  })
})

describe('the way out', () => {
  it('is core/outgoing.ts for requests that people cause; mail, the blob store and the directory have their own', () => {
    const ways = ['outgoing.ts', 'blobs/s3.ts', 'mail.ts', 'ldap.ts'].map(
      (name) => `apps/server/src/core/${name}`,
    )
    const broken = code
      .filter((file) => file.path.startsWith('apps/server/src/') && !ways.includes(file.path))
      .filter((file) =>
        /(?<![.\w])fetch\(|import\('(node:)?(https?|net|tls|undici)'\)|import \{[^}]*(?<!type )\b(request|get|connect|createConnection)\b[^}]*\} from '(node:)?(https?|http2|net|tls|undici)'/.test(
          file.text,
        ),
      )
      .map((file) => file.path)
    none(broken, 'use callOut: it checks addresses and limits how many requests are running')
  })

  it('has no limits that can be bypassed', () => {
    const broken = code
      .filter((file) => file.path.startsWith('apps/server/src/') && !file.path.endsWith('core/outgoing.ts'))
      .filter((file) => /\bcallOutBy\b/.test(file.text))
      .map((file) => file.path)
    none(broken, 'use callOut: it applies the policy of the settings, and counts requests')
  })
})

describe('effects', () => {
  const inServer = code.filter(({ path }) => path.startsWith('apps/server/src/'))
  /** Files of the server outside of core that match. */
  const having = (pattern: RegExp) =>
    inServer
      .filter(({ path, text }) => !path.includes('/core/') && pattern.test(text))
      .map(({ path }) => path)

  it('are data, no closures', () => {
    none(
      inServer.filter(({ text }) => /\bcommitted\(/.test(text)).map(({ path }) => path),
      'declare an effect (core/effects.ts) and pass it data: context.effect(forgetTeam, { team_id })',
    )
  })

  it('are the only way to audiences and sockets', () => {
    const changes = [
      ...['publish', 'join', 'leave', 'endSession', 'endUser', 'setRights', 'extendSession'],
      ...['open', 'attach', 'detach', 'drop', 'sweep'],
    ]
    none(
      having(new RegExp(`\\bhub\\??\\.(${changes.join('|')})\\(`)),
      'use an effect of core/own-effects.ts, or context.publish: other servers must hear of it, too',
    )
    none(having(/\bhub\b[^.\n]*\}\s*=/), 'write server.hub: this test looks for it')
  })

  it('clear the cache of all channels', () => {
    none(having(/\bkept\.forgetAll\(/), 'use the effect forgetChannelCaches: other servers have caches, too')
  })

  it('are mounted by the feature that declares them', () => {
    const declared = inFeatures.filter(({ text }) =>
      /\beffect(<|\()/.test(text.replaceAll('context.effect(', '')),
    )
    const mounting = new Set(
      inFeatures.filter(({ text }) => /\beffects\b/.test(text)).map(({ path }) => featureOf(path)),
    )
    expect(declared.length).toBeGreaterThan(10)
    none(
      declared.filter(({ path }) => !mounting.has(featureOf(path))).map(({ path }) => path),
      'name it in `effects` of the feature',
    )
  })
})

describe('state that effects keep up to date', () => {
  it('is forgotten or read again after missed effects', () => {
    /** Their effects cause something, and keep no state up to date. */
    const causing = ['files', 'mfa', 'onboarding', 'previews', 'search', 'threads']
    const keeping = features.filter(({ effects = [] }) => effects.length > 0).map(({ name }) => name)
    const resynced = features.filter(({ resync }) => resync).map(({ name }) => name)
    expect(keeping.length).toBeGreaterThan(10)
    none(
      keeping.filter((name) => !causing.includes(name) && !resynced.includes(name)),
      'give the feature a `resync`: messages of other servers may be lost',
    )
  })
})

describe('state per process', () => {
  const inServer = code.filter(({ path }) => path.startsWith('apps/server/src/'))

  it('says why servers need not agree on it', () => {
    const unnamed = inServer.flatMap(({ path, text }) =>
      [...text.matchAll(/\bperServer(<[^(]*>)?\((?!\s*'[^']+',\s*'[^']+',)/g)].map(() => path),
    )
    none(unnamed, 'name it and say why: perServer(name, why, make)')
    const state =
      /(.*)\n(?:export )?(?:let |const \w+(?:: [^=\n]+)? = (?:new (?:Map|Set|WeakMap|WeakSet)(?:<.*>)?\(\)|\[\]|\{\}$))/gm
    const silent = inServer.flatMap(({ path, text }) =>
      [...text.matchAll(new RegExp(`^${state.source}`, 'gm'))]
        .filter(([, before = '']) => !before.startsWith('/** Per process: '))
        .map(([found]) => `${path}: ${found}`),
    )
    none(silent, 'keep it in the database or in perServer, or say above it `/** Per process: why. */`')
  })
})

describe('tables', () => {
  const writes = (file: SourceFile) =>
    [...file.text.matchAll(/\b(?:insert into|update|delete from)\s+([a-z_]+)(?=[\s(])/g)]
      .map(([, table]) => table ?? '')
      .filter((table) => !['set', 'of', 'skip'].includes(table))

  it('connections to PostgreSQL are made in core/driver.ts only', () => {
    const broken = code
      .filter(({ path }) => path.startsWith('apps/') && !path.endsWith('/fixture.ts'))
      .filter(({ path }) => path !== 'apps/server/src/core/driver.ts')
      .filter(({ text }) =>
        /\bnew pg\.(Client|Pool)\b|\bextends pg\.|import \{[^}]*\b(Client|Pool)\b[^}]*\} from 'pg'/.test(
          text,
        ),
      )
      .map(({ path }) => path)
    none(broken, 'use newClient or newPool: an error on a connection without a listener ends the process')
  })

  it('SQL is in stores only', () => {
    const broken = inFeatures
      .filter((file) => !isStore(file.path))
      .filter((file) => /[`'"]\s*(select|insert into|update|delete from|with) [a-z_*]/i.test(file.text))
      .filter((file) => /\.(rows|row|run|unprepared)[<(]/.test(file.text))
      .map((file) => file.path)
    none(broken, 'move the statement to store.ts')
  })

  it('only the owner of a table writes it', () => {
    const owners = Map.groupBy(
      inFeatures
        .filter((file) => isStore(file.path))
        .flatMap((file) =>
          writes(file).map((table) => ({ table, owner: featureOf(file.path), path: file.path })),
        ),
      ({ table }) => table,
    )
    const broken = [...owners]
      .filter(([, writers]) => new Set(writers.map(({ owner }) => owner)).size > 1)
      .map(([table, writers]) => `${table} is written by ${writers.map(({ path }) => path).join(', ')}`)
    expect(owners.size).toBeGreaterThan(15)
    none(
      broken,
      'call a function of a lower owner (of posts: notePost), or let a higher owner listen to a fact',
    )
  })

  it('jobs are stored and claimed by core/queue-store.ts only', () => {
    const broken = code
      .filter(({ path }) => path.startsWith('apps/server/src/') && !path.endsWith('core/queue-store.ts'))
      .filter((file) => writes(file).some((table) => table.startsWith('queue_')))
      .map(({ path }) => path)
    none(broken, 'use addJobs, or addJobsSql inside another statement')
  })

  it('within a feature, imports go from routes to service to store', () => {
    const order = ['routes.ts', 'service.ts', 'access.ts', 'store.ts']
    const broken = inFeatures.flatMap((file) => {
      const own = order.indexOf(fileName(file.path))
      return file.imports
        .filter(({ to, isType }) => !isType && featureOf(to) === featureOf(file.path) && own > 0)
        .filter(({ to }) => order.includes(fileName(to)) && order.indexOf(fileName(to)) < own)
        .map(({ to }) => `${file.path} imports ${to}`)
    })
    none(broken, 'split by noun, or move the piece down')
  })
})

describe('files', () => {
  const isExempt = (path: string) => /(tables|matrix\/table|\.gen|client-keys|permissions)\.ts$/.test(path)

  it('have at most 400 lines', () => {
    none(
      files
        .filter((file) => file.lines > 400 && !isExempt(file.path))
        .map((file) => `${file.path}: ${file.lines}`),
      'split by noun first, then by verb',
    )
  })

  it('have names that say something', () => {
    none(
      everyPath().filter((path) => /(^|\/)(utils?|helpers?|common|shared|misc|lib)(\/|\.tsx?$)/i.test(path)),
      'name it after what it is',
    )
  })

  it('have no default export except route tables, listeners and the configuration of tools', () => {
    const allowed = /(routes|events|vitest\.config|vite\.config|testkit\/src\/setup)\.ts$/
    none(
      code
        .filter((file) => /^export default/m.test(file.text) && !allowed.test(file.path))
        .map((file) => file.path),
      'export it by name',
    )
  })

  it('contain no notes of unfinished work, and no any', () => {
    const broken = code
      .filter((file) => /\b(TODO|FIXME|XXX)\b|: any\b|<any>|as any\b/.test(file.text))
      .map((file) => file.path)
    none(broken, 'finish it, or leave it out')
  })
})

describe('routes', () => {
  it('contain no logic', () => {
    const broken = inFeatures
      .filter((file) => fileName(file.path) === 'routes.ts')
      .filter((file) => /=>|\bif\b|\bfunction\b|\?\s/.test(file.text.replaceAll(/\/\/.*$/gm, '')))
      .map((file) => file.path)
    none(broken, 'a row is operation, guard and function: move other code elsewhere')
  })
})
