/** Why a request's signal fired. */
export class RequestEnded extends Error {
  override readonly name = 'RequestEnded'
  readonly why: 'deadline' | 'clientGone' | 'closing'
  constructor(why: RequestEnded['why']) {
    super(`the request ended: ${why}`)
    this.why = why
  }
}

/** How much longer a request may run. The signal is made only for handlers that look at it. */
export interface Allowance {
  readonly signal: AbortSignal
  /** Set once the request has ended for its caller. */
  readonly ended: RequestEnded | undefined
}

/** Runs requests within a deadline, and ends those under way when the API closes. */
export interface Deadlines {
  /** `onGone` is called with what to do when the client goes away. */
  run<T>(onGone: (end: () => void) => void, work: (allowance: Allowance) => Promise<T>): Promise<T>
  close(): void
}

/** Makes the keeper of deadlines of one API. */
export function createDeadlines(deadlineMs: number): Deadlines {
  const open = new Set<(why: RequestEnded['why']) => void>()
  return {
    async run(onGone, work) {
      let ended: RequestEnded | undefined
      let controller: AbortController | undefined
      const { promise, reject } = Promise.withResolvers<never>()
      const end = (why: RequestEnded['why']): void => {
        ended ??= new RequestEnded(why)
        controller?.abort(ended)
        // A client that left needs no answer; its work ends by the signal, or by itself.
        if (why !== 'clientGone') reject(ended)
      }
      const timer = setTimeout(end, deadlineMs, 'deadline')
      open.add(end)
      const allowance: Allowance = {
        get signal() {
          controller ??= new AbortController()
          if (ended) controller.abort(ended)
          return controller.signal
        },
        get ended() {
          return ended
        },
      }
      onGone(() => end('clientGone'))
      try {
        return await Promise.race([work(allowance), promise])
      } catch (error) {
        // What a handler throws because its signal fired says less than why it fired.
        throw ended ?? error
      } finally {
        clearTimeout(timer)
        open.delete(end)
      }
    },
    close() {
      for (const end of open) end('closing')
    },
  }
}
