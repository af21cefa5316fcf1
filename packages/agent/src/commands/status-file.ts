import { join } from 'node:path'
import { readIfThere, replaceFile } from '#platform/index.ts'

/** What the running agent says of itself for `muster-agent status`; written at each change of state. */
export interface StatusFile {
  readonly pid: number
  readonly version: string
  readonly nodeId: string
  readonly state: string
  readonly controller?: string
  readonly problem?: string
  readonly since: string
}

const path = (data: string): string => join(data, 'status.json')

export const writeStatus = (data: string, status: StatusFile): Promise<void> =>
  replaceFile(path(data), `${JSON.stringify(status)}\n`)

/** What the agent on this folder said last, and whether it still runs; undefined when none ever did. */
export async function readStatus(data: string): Promise<(StatusFile & { readonly runs: boolean }) | undefined> {
  const text = await readIfThere(path(data))
  if (text === undefined) return undefined
  try {
    const status = JSON.parse(text) as StatusFile
    return { ...status, runs: isRunning(status.pid) }
  } catch {
    return undefined
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
