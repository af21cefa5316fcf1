import type { Clock } from '@muster/protocol/kit'
import type { NodeSource } from '#commands/deps.ts'
import { findSteps } from '#commands/list-store.ts'
import { openOptions } from '#commands/options.ts'
import { type OutputReaderDeps, type OutputView, readOutput } from '#commands/output/reader.ts'
import type { StreamKey } from '#commands/output/store.ts'
import type { Database } from '#db/index.ts'
import type { Failpoint } from '#kit/failpoint.ts'
import type { Sweep } from '#kit/sweep.ts'
import { BucketRefused, type Buckets, type ObjectSource } from '#objects/index.ts'
import { nextLook, nextTry, toBucketObject } from './plan.ts'
import { changeUpload, claimUploads, type DueUpload, hastenUpload, isUploadDue, type UploadChange } from './store.ts'

export interface UploaderDeps extends OutputReaderDeps {
  readonly db: Database
  readonly clock: Clock
  readonly buckets: Pick<Buckets, 'put'>
  readonly fleet: Pick<NodeSource, 'labels'>
  readonly failpoint: Failpoint
  /** A stream is in its bucket: views show its address. */
  readonly onDone: (key: StreamKey) => void
  readonly onFailure: (error: unknown) => void
}

export interface Uploader extends AsyncDisposable {
  readonly sweep: Sweep
  /** Something may be due. */
  kick(): void
  /** The last byte of a stream came; its command has a bucket. */
  completed(key: StreamKey): Promise<void>
  /** Resolves when nothing is under way. */
  settled(): Promise<void>
}

/** Long enough for a piece of an object, short enough for who takes over from a controller that was killed. */
const LEASE_MS = 30_000
const AT_ONCE = 4

/** Writes complete streams to the buckets of their commands; what fails is tried again, also by another controller. */
export function createUploader(deps: UploaderDeps): Uploader {
  const { db, clock, buckets, failpoint } = deps
  const stop = new AbortController()
  let again = false
  let running: Promise<void> | undefined

  const change = (key: StreamKey, values: UploadChange): Promise<void> =>
    db.write((tx) => changeUpload(tx, key, values))

  const run = async (): Promise<void> => {
    try {
      while (again && !stop.signal.aborted) {
        again = false
        while (!stop.signal.aborted && (await takeSome()));
      }
    } catch (error) {
      if (!stop.signal.aborted) deps.onFailure(error)
    } finally {
      running = undefined
    }
  }

  const kick = (): void => {
    if (stop.signal.aborted) return
    again = true
    running ??= run()
  }

  /** Answers whether there was something to do. */
  const takeSome = async (): Promise<boolean> => {
    const now = clock.now()
    // Most rounds find nothing, and need not wait for their turn to write.
    if (!(await isUploadDue(db.read, now))) return false
    const lease = now + LEASE_MS
    const due = await db.write((tx) => claimUploads(tx, { now, lease, limit: AT_ONCE }))
    if (due.length === 0) return false
    await failpoint('upload-claimed')
    await Promise.all(due.map(advance))
    return true
  }

  const advance = async (upload: DueUpload): Promise<void> => {
    const view = await readOutput(db.read, deps, upload, { offset: 0, max: 0 })
    const now = clock.now()
    const { since, attempts } = upload
    if (!view.complete) {
      const next = nextLook(now, since)
      const given = next === undefined ? { problem: 'the node did not send the whole of it' } : {}
      // Where it was made due meanwhile, that stands.
      return db.write((tx) => changeUpload(tx, upload, { next_attempt_at: next ?? null, ...given }, upload.lease))
    }
    if (view.total === view.dropped)
      return change(upload, { next_attempt_at: null, problem: 'it was removed before it was written' })
    try {
      const url = await put(upload, view)
      await failpoint('upload-put')
      await change(upload, { next_attempt_at: null, problem: null, done_at: clock.now(), url })
      deps.onDone(upload)
    } catch (error) {
      if (stop.signal.aborted) return
      const failures = attempts + 1
      const problem = error instanceof BucketRefused ? error.message : 'it could not be read'
      if (!(error instanceof BucketRefused)) deps.onFailure(error)
      const next = nextTry(clock.now(), since, failures)
      await change(upload, { next_attempt_at: next ?? null, attempts: failures, problem })
    }
  }

  const put = async (upload: DueUpload, view: OutputView): Promise<string> => {
    const { output } = openOptions(upload.options)
    const nodeId = (await deps.fleet.labels(db.read, [upload.nodeKey])).get(upload.nodeKey)?.id
    if (output === undefined || nodeId === undefined) throw new Error('An upload is of a command without a bucket.')
    const stepName = await stepNameOf(upload)
    return buckets.put(toBucketObject(output, { ...upload, nodeId, stepName }), sourceOf(upload, view), {
      async onPiece() {
        await change(upload, { next_attempt_at: clock.now() + LEASE_MS })
        await failpoint('upload-midway')
      },
      signal: stop.signal,
    })
  }

  // What schema 1.2 lists for one plugin has no names of its own: 0.PLUGIN, 1.PLUGIN and so on, as in the service.
  const stepNameOf = async ({ commandKey, nodeKey, step, stepName, action }: DueUpload): Promise<string> => {
    if (stepName !== action) return stepName
    const steps = (await findSteps(db.read, commandKey, nodeKey)).filter(({ name }) => name === stepName)
    return `${steps.findIndex((one) => one.step === step)}.${stepName}`
  }

  const sourceOf = (key: StreamKey, { total, dropped }: OutputView): ObjectSource => ({
    length: total - dropped,
    async read(offset, length) {
      const { data } = await readOutput(db.read, deps, key, { offset, max: length })
      // Keeping may have taken it meanwhile: the next try sees that.
      if (data.length < length) throw new BucketRefused('it was removed while it was written')
      return data
    },
  })

  const settled = async (): Promise<void> => {
    while (running !== undefined) await running
  }
  return {
    sweep: {
      name: 'commands: uploads',
      every: 5_000,
      async run() {
        kick()
        await settled()
      },
    },
    kick,
    async completed(key) {
      await db.write((tx) => hastenUpload(tx, key, clock.now()))
      kick()
    },
    settled,
    async [Symbol.asyncDispose]() {
      stop.abort()
      await settled()
    },
  }
}
