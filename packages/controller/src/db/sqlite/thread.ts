import { Worker } from 'node:worker_threads'
import type { Binding } from '#db/bindings.ts'
import { SqliteError, StoreLost } from '#db/errors.ts'
import type { Request, Response, ThreadData } from './messages.ts'

export type Answer = Extract<Response, readonly [number, true, ...unknown[]]>

/** One connection in a thread of its own; calls run in the order in which they are made. */
export interface Thread {
  query(sql: string, values: readonly Binding[], begin: string): Promise<Answer>
  many(sql: string, sets: readonly (readonly Binding[])[], begin: string): Promise<Answer>
  control(kind: 'commit' | 'rollback' | 'checkpoint'): Promise<Answer>
  close(): Promise<void>
}

interface Pending {
  resolve(answer: Answer): void
  reject(error: Error): void
}

/** The worker itself; it sees nothing of the environment. */
export const runWorker = (data: ThreadData): Worker =>
  new Worker(new URL('./worker.ts', import.meta.url), { workerData: data, env: {}, execArgv: [] })

/** Starts a thread and waits until its file is open; `onLost` hears when it ends without being told. */
export const startThread = async (
  data: ThreadData,
  onLost: (error: Error) => void,
  startWorker = runWorker,
): Promise<Thread> => {
  const worker = startWorker(data)
  const pending = new Map<number, Pending>()
  let next = 0
  let ended: Error | undefined
  let closing = false
  // A thread that never was there takes nothing with it: its start fails, and that is all.
  let announced = false

  const call = (toRequest: (id: number) => Request): Promise<Answer> =>
    new Promise((resolve, reject) => {
      if (ended !== undefined) return reject(ended)
      const id = next++
      pending.set(id, { resolve, reject })
      worker.postMessage(toRequest(id))
    })

  const end = (reason: string, cause?: unknown): void => {
    if (ended !== undefined) return
    ended = new StoreLost(reason, { cause })
    for (const { reject } of pending.values()) reject(ended)
    pending.clear()
    if (announced && !closing) onLost(ended)
  }

  worker.on('message', (response: Response) => {
    const waiter = pending.get(response[0])
    pending.delete(response[0])
    if (response[1]) waiter?.resolve(response)
    else waiter?.reject(new SqliteError(response[2], response[3]))
  })
  worker.on('messageerror', (error) => end('The database thread sent what cannot be read.', error))
  worker.on('error', (error) => end('The database thread failed.', error))
  const exited = new Promise<void>((resolve) =>
    worker.on('exit', (code) => {
      end(closing ? 'The database is closed.' : `The database thread ended with code ${code}.`)
      resolve()
    }),
  )

  // The thread announces itself as the answer to call 0.
  try {
    await new Promise<Answer>((resolve, reject) => {
      pending.set(next++, { resolve, reject })
    })
    announced = true
  } catch (error) {
    closing = true
    await worker.terminate()
    throw error
  }

  return {
    query: (sql, values, begin) => call((id) => [id, 'query', sql, values, begin]),
    many: (sql, sets, begin) => call((id) => [id, 'many', sql, sets, begin]),
    control: (kind) => call((id) => [id, kind]),
    async close() {
      closing = true
      await call((id) => [id, 'close']).catch(() => undefined)
      await exited
    },
  }
}
