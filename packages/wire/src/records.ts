/** Pieces that records of several nouns are made of. */
import { type TSchema, Type } from 'typebox'

/** 26 characters of v4's base32 alphabet; clients check only length and letters or digits. */
export const Id = Type.String({ pattern: '^[a-z0-9]{26}$' })
/** An id, or '' for none. */
export const IdOrNone = Type.String({ pattern: '^([a-z0-9]{26})?$' })
/** The last millisecond that a date can have (ECMAScript, section 21.4.1.1). */
export const LATEST = 8_640_000_000_000_000
/** Milliseconds since the epoch; 0 means never. */
export const Millis = Type.Integer({ minimum: 0, maximum: LATEST })
/** Nobody turns so many pages, and so far the database can count. */
export const MOST_PAGES = 1_000_000
/** The number of a page in a body, from 0 on. */
export const PageNumber = Type.Integer({ minimum: 0, maximum: MOST_PAGES })
/** More bytes than any file has, and the most that can be counted. */
export const MOST_BYTES = Number.MAX_SAFE_INTEGER
/** A number of Go's `int` on every machine, for what is only handed on. */
export const Int = Type.Integer({ minimum: -2_147_483_648, maximum: 2_147_483_647 })
/** The same from 0 on. */
export const Natural = Type.Integer({ minimum: 0, maximum: 2_147_483_647 })
/** v4's maps whose values are strings (notify_props, timezone …). */
export const Strings = Type.Record(Type.String({ maxLength: 64 }), Type.String({ maxLength: 8192 }))
/** Free JSON that the server keeps and hands back. */
export const Props = Type.Unsafe<Record<string, unknown>>({ type: 'object' })
/** The roles of a membership as three marks: guest, or user and perhaps administrator. */
export const SchemeRoles = Type.Object({
  scheme_user: Type.Boolean(),
  scheme_admin: Type.Boolean(),
  scheme_guest: Type.Optional(Type.Boolean()),
})

/** The reply of an operation with nothing to say. */
export const Ok = Type.Object({ status: Type.Literal('OK') })

/** Text within `max` characters, without the NUL that PostgreSQL cannot keep. */
export const Text = (max: number, min = 0) =>
  Type.String({ minLength: min, maxLength: max, pattern: '^[^\\0]*$' })

/** Every property of an object made optional, for patches. */
export const optional = <T extends TSchema>(schema: T) => Type.Optional(schema)

/** Between one and `max` ids. */
export const Ids = (max: number, min = 0) => Type.Array(Id, { minItems: min, maxItems: max })

/** Text that is JSON of something: v4 nests records in events so. */
export const JsonText = (schema: TSchema) =>
  Type.String({ contentMediaType: 'application/json', contentSchema: schema })

/** Why one of several was refused, in the form of v4's errors. */
export const Refusal = Type.Object({
  id: Type.String(),
  message: Type.String(),
  detailed_error: Type.String(),
  request_id: Type.String(),
  status_code: Type.Integer(),
})
