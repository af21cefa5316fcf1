import { DatabaseSync } from 'node:sqlite'

/** Rows a millisecond that a bare SQLite file takes in: inserted in one transaction, and updated a batch at a time. */
export interface BareRows extends Disposable {
  insertMs(rows: number): number
  updateMs(rows: number, batch: number): number
}

/** WAL and FULL, as the controller has them; an update touches no index. */
export function openBareRows(file: string): BareRows {
  const db = new DatabaseSync(file)
  db.exec('pragma journal_mode = wal; pragma synchronous = full')
  db.exec(
    'create table row (command integer, node integer, status text, at integer, result text, primary key (command, node)) without rowid',
  )
  const insert = db.prepare("insert into row values (?, ?, 'Pending', 0, null)")
  const update = db.prepare('update row set status = ?, at = ?, result = ? where command = ? and node = ?')
  let command = 0
  const result = 'r'.repeat(200)
  const timed = (work: () => void): number => {
    const begin = performance.now()
    work()
    return performance.now() - begin
  }
  const inTransaction = (work: () => void): void => {
    db.exec('begin immediate')
    work()
    db.exec('commit')
  }
  return {
    insertMs(rows) {
      command += 1
      return timed(() =>
        inTransaction(() => {
          for (let node = 0; node < rows; node++) insert.run(command, node)
        }),
      )
    },
    updateMs(rows, batch) {
      return timed(() => {
        for (let from = 0; from < rows; from += batch)
          inTransaction(() => {
            for (let node = from; node < Math.min(rows, from + batch); node++)
              update.run('Success', node, result, command, node)
          })
      })
    },
    [Symbol.dispose]: () => db.close(),
  }
}
