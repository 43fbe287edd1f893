import type { ReactNode } from 'react'
import styles from './Table.module.css'
import unseen from './Unseen.module.css'

export type TableRow = {
  key: string
  /** As many as there are columns. The first one names the row. */
  cells: readonly ReactNode[]
  /** Stands below the row, as wide as the table. */
  more?: ReactNode
}

type TableProps = {
  /** What the table is about, for screen readers: a heading above says it to everybody else. */
  caption: string
  columns: readonly string[]
  rows: readonly TableRow[]
}

/** Facts in rows and columns. On narrow screens each row is a card with the columns' names beside the facts. */
export const Table = ({ caption, columns, rows }: TableProps) => (
  <table className={styles.table}>
    <caption className={unseen.unseen}>{caption}</caption>
    <thead>
      <tr>
        {columns.map((column) => (
          <th key={column} scope="col">
            {column}
          </th>
        ))}
      </tr>
    </thead>
    <tbody>
      {rows.map((row) => (
        <Row key={row.key} row={row} columns={columns} />
      ))}
    </tbody>
  </table>
)

const Row = ({ row: { cells, more }, columns }: { row: TableRow; columns: readonly string[] }) => {
  const [name, ...facts] = cells
  return (
    <>
      <tr data-open={more ? '' : undefined}>
        <th scope="row">{name}</th>
        {facts.map((fact, i) => (
          <td key={columns[i + 1]} data-column={columns[i + 1]}>
            {fact}
          </td>
        ))}
      </tr>
      {more && (
        <tr className={styles.more}>
          <td colSpan={columns.length}>{more}</td>
        </tr>
      )}
    </>
  )
}
