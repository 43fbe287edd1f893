/** The table `saml_files`. */
import type { Db } from '../../../core/db.ts'

export type FileName = 'idp' | 'certificate' | 'key'
export type Files = Record<FileName, string>

/** '' for a file that is not there. */
export const findFiles = async (db: Db): Promise<Files> => {
  const rows = await db.rows<{ name: FileName; content: string }>('select name, content from saml_files')
  const files: Files = { idp: '', certificate: '', key: '' }
  for (const { name, content } of rows) files[name] = content
  return files
}

export const saveFile = (db: Db, name: FileName, content: string) =>
  db.run(
    `insert into saml_files (name, content) values ($1, $2)
     on conflict (name) do update set content = excluded.content`,
    [name, content],
  )

export const deleteFile = (db: Db, name: FileName) => db.run('delete from saml_files where name = $1', [name])
