/** Schemas that the records of several nouns use. */
import { type TSchema, Type } from 'typebox'

/**
 * 26 lower-case letters and digits. v4 uses its base32 alphabet; clients check only length and characters.
 */
export const Id = Type.String({ pattern: '^[a-z0-9]{26}$' })
/** An id, or '' for none. */
export const IdOrNone = Type.String({ pattern: '^([a-z0-9]{26})?$' })
/** The last millisecond that a date can have (ECMAScript, section 21.4.1.1). */
export const LATEST = 8_640_000_000_000_000
/** Milliseconds since the epoch; 0 means never. */
export const Millis = Type.Integer({ minimum: 0, maximum: LATEST })
/** The highest page number. Nobody asks for more, and the database can still count that far. */
export const MOST_PAGES = 1_000_000
/** A page number in a body; the first page is 0. */
export const PageNumber = Type.Integer({ minimum: 0, maximum: MOST_PAGES })
/** More bytes than any file has, and the largest number that stays exact. */
export const MOST_BYTES = Number.MAX_SAFE_INTEGER
/** A number that fits into Go's `int` on every machine, for values that the server only passes on. */
export const Int = Type.Integer({ minimum: -2_147_483_648, maximum: 2_147_483_647 })
/** Like `Int`, but not negative. */
export const Natural = Type.Integer({ minimum: 0, maximum: 2_147_483_647 })
/** v4's maps whose values are strings (notify_props, timezone …). */
export const Strings = Type.Record(Type.String({ maxLength: 64 }), Type.String({ maxLength: 8192 }))
/** Free JSON that the server stores and returns. */
export const Props = Type.Unsafe<Record<string, unknown>>({ type: 'object' })
/** The roles of a membership as three flags: guest, or member and perhaps administrator. */
export const SchemeRoles = Type.Object({
  scheme_user: Type.Boolean(),
  scheme_admin: Type.Boolean(),
  scheme_guest: Type.Optional(Type.Boolean()),
})

/** The reply of an operation that returns no data. */
export const Ok = Type.Object({ status: Type.Literal('OK') })

/** Text of at most `max` characters, without NUL, which PostgreSQL cannot store. */
export const Text = (max: number, min = 0) =>
  Type.String({ minLength: min, maxLength: max, pattern: '^[^\\0]*$' })

/** An optional property, for patches. */
export const optional = <T extends TSchema>(schema: T) => Type.Optional(schema)

/** A list of `min` to `max` ids. */
export const Ids = (max: number, min = 0) => Type.Array(Id, { minItems: min, maxItems: max })

/** A string that contains JSON: v4 nests records in events this way. */
export const JsonText = (schema: TSchema) =>
  Type.String({ contentMediaType: 'application/json', contentSchema: schema })

/** Why one of several items was refused, in the form of v4's errors. */
export const Refusal = Type.Object({
  id: Type.String(),
  message: Type.String(),
  detailed_error: Type.String(),
  request_id: Type.String(),
  status_code: Type.Integer(),
})
