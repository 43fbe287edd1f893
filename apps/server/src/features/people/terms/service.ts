import type { InputOf, TermsOfService, TermsVersion, terms, UserTerms } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { effect } from '../../../core/effects.ts'
import { Fault, localeOf } from '../../../core/faults.ts'
import { newId } from '../../../core/ids.ts'
import type { Server } from '../../../core/server.ts'
import { record } from '../../ground/audit/index.ts'
import { announceTerms, knowTerms } from '../../ground/settings/index.ts'
import { saveAccount, type UserRow } from '../users/index.ts'
import { findLatest, findTerms, findVersions, insertTerms, type TermsRow } from './store.ts'

/** The text in the language of the actor, if a translation exists. */
const shown = (
  { actor }: Context,
  { id, create_at, user_id, text, translations }: TermsRow,
): TermsOfService => ({
  id,
  create_at,
  user_id,
  text: translations[localeOf(actor.locale, undefined)] ?? text,
})

const VERSIONS = 20

export const list = async (
  { db }: Context,
  { query: { page } }: InputOf<typeof terms.list>,
): Promise<TermsVersion[]> => await findVersions(db, Math.max(0, page) * VERSIONS, VERSIONS)

export const latest = (context: Context, _input: unknown, row: TermsRow): TermsOfService =>
  shown(context, row)

/** Reads the current terms from the database. */
export const readTerms = async (server: Server): Promise<void> =>
  knowTerms(server, (await findLatest(server.db))?.id ?? '')

/** Other servers read the table: of two versions the later one applies. */
export const useTerms = effect<{ terms_id: string }>(
  'terms.use',
  (server, { terms_id }) => knowTerms(server, terms_id),
  {
    elsewhere: (server: Server) =>
      server.background.run(readTerms(server), 'terms that changed elsewhere could not be read'),
  },
)

const isSame = (row: TermsRow, { text, translations = {} }: InputOf<typeof terms.create>['body']) =>
  row.text === text && row.translations.de === translations.de && row.translations.en === translations.en

/** Creates a new version, which everybody must accept. The same text again creates none. */
export const create = async (
  context: Context,
  { body }: InputOf<typeof terms.create>,
): Promise<TermsOfService> => {
  const { actor, db, now } = context
  if (body.text.trim() === '') throw new Fault('api.context.invalid_body_param.app_error', { name: 'text' })
  const before = await findLatest(db)
  if (before && isSame(before, body)) return shown(context, before)
  const row: TermsRow = {
    id: newId(now),
    create_at: now,
    user_id: actor.userId,
    text: body.text,
    translations: body.translations ?? {},
  }
  await insertTerms(db, row)
  context.effect(useTerms, { terms_id: row.id })
  announceTerms(context, row.id)
  await record(context, '/terms_of_service', `id=${row.id}`)
  return shown(context, row)
}

export const ofUser = (_context: Context, _input: unknown, user: UserRow): UserTerms => {
  if (user.terms_of_service_id === '') throw new Fault('terms.not_confirmed')
  return {
    user_id: user.id,
    terms_of_service_id: user.terms_of_service_id,
    create_at: user.terms_of_service_create_at,
  }
}

/**
 * Stores that a person accepted a version, or took that back. Clients ask again after a new version, and
 * after the time in the settings.
 */
export const confirm = async (context: Context, { body }: InputOf<typeof terms.confirm>, user: UserRow) => {
  const { db, now } = context
  if (!(await findTerms(db, body.termsOfServiceId))) throw new Fault('terms.not_found')
  await saveAccount(context, user, {
    terms_of_service_id: body.accepted ? body.termsOfServiceId : '',
    terms_of_service_create_at: body.accepted ? now : 0,
  })
  await record(context, '/users/terms_of_service', `terms=${body.termsOfServiceId} accepted=${body.accepted}`)
  return { status: 'OK' as const }
}
