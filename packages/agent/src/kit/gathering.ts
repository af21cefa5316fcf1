/** Calls that tell of the same thing, of which not all are passed on. */
export interface Gathering extends Disposable {
  call(): void
}

/** Passes on a call at once when there was none for `ms`, and all that come sooner as one at the end of that time. */
export function createGathering(ms: number, act: () => void): Gathering {
  let timer: NodeJS.Timeout | undefined
  let isDue = false
  const pass = (): void => {
    isDue = false
    timer = setTimeout(() => {
      timer = undefined
      if (isDue) pass()
    }, ms)
    act()
  }
  return {
    call() {
      if (timer === undefined) pass()
      else isDue = true
    },
    [Symbol.dispose]() {
      clearTimeout(timer)
      isDue = false
    },
  }
}
