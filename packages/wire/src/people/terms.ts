/** Terms of service: a versioned text that people accept before they use the server. */
import { type Static, Type } from 'typebox'
import { page } from '../input.ts'
import { get, operations, ours, post } from '../operation.ts'
import { Id, Millis, Ok, Text } from '../records.ts'

const LONGEST = 16_383

/** `text` is in the language of the actor. */
export const TermsOfService = Type.Object({
  id: Id,
  create_at: Millis,
  user_id: Id,
  text: Type.String(),
})
export type TermsOfService = Static<typeof TermsOfService>

export const UserTerms = Type.Object({ user_id: Id, terms_of_service_id: Id, create_at: Millis })
export type UserTerms = Static<typeof UserTerms>

/** A version as administrators wrote it, in all languages. */
export const TermsVersion = Type.Object({
  id: Id,
  create_at: Millis,
  user_id: Id,
  text: Type.String(),
  translations: Type.Object({ de: Type.Optional(Type.String()), en: Type.Optional(Type.String()) }),
})
export type TermsVersion = Static<typeof TermsVersion>

export const terms = operations('terms', {
  /** The versions, the newest first, twenty on a page, also while nobody must accept them. */
  list: ours.get('/terms', { query: { page }, reply: Type.Array(TermsVersion) }),
  latest: get('/terms_of_service', { reply: TermsOfService }),
  create: post('/terms_of_service', {
    body: Type.Object({
      text: Text(LONGEST, 1),
      /** The text in other languages: `de` or `en`. v4 has one text for all. */
      translations: Type.Optional(
        Type.Object({
          de: Type.Optional(Text(LONGEST, 1)),
          en: Type.Optional(Text(LONGEST, 1)),
        }),
      ),
    }),
    reply: TermsOfService,
  }),
  ofUser: get('/users/{user_id}/terms_of_service', { reply: UserTerms }),
  confirm: post('/users/{user_id}/terms_of_service', {
    body: Type.Object({ termsOfServiceId: Id, accepted: Type.Boolean() }),
    reply: Ok,
  }),
})
