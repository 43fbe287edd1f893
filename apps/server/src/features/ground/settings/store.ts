/** The tables `settings` and `installation`. */
import type { Db } from '../../../core/db.ts'

export type SettingRow = { section: string; key: string; value: unknown }

/** Makes changes of settings wait for each other: each one is computed from the result of the one before. */
export const lockSettings = (db: Db) => db.run('lock table settings in share row exclusive mode')

/** Every setting that differs from its default. */
export const listChosen = (db: Db) => db.rows<SettingRow>('select section, key, value from settings')

/** Writes values; `value` is any JSON. */
export const saveChosen = (db: Db, rows: readonly SettingRow[], now: number) =>
  db.run(
    `insert into settings (section, key, value, update_at)
     select section, key, value::jsonb, $4 from unnest($1::text[], $2::text[], $3::text[]) as t (section, key, value)
     on conflict (section, key) do update set value = excluded.value, update_at = excluded.update_at`,
    [
      rows.map((row) => row.section),
      rows.map((row) => row.key),
      rows.map((row) => JSON.stringify(row.value)),
      now,
    ],
  )

/** Resets settings to their defaults. */
export const removeChosen = (db: Db, rows: readonly Pick<SettingRow, 'section' | 'key'>[]) =>
  db.run('delete from settings where (section, key) in (select * from unnest($1::text[], $2::text[]))', [
    rows.map((row) => row.section),
    rows.map((row) => row.key),
  ])

export type Installation = { id: string; create_at: number }

/** The identity of this server; on the first start it becomes `made`. */
export const findOrCreateInstallation = async (db: Db, made: Installation): Promise<Installation> => {
  await db.run('insert into installation (id, create_at) values ($1, $2) on conflict (is_only) do nothing', [
    made.id,
    made.create_at,
  ])
  return (await db.row<Installation>('select id, create_at from installation')) ?? made
}
