import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import type { TestAgent } from '../../rig/agent.ts'

/** Every process of this agent's scripts: wrappers, sinks, scripts and what those started, however they ran away. */
export async function treeOf(agent: TestAgent): Promise<readonly number[]> {
  const attempts = `${agent.data}/attempts/`
  const idle = (await readdir(attempts)).filter((token) => !existsSync(`${attempts}${token}/pids`))
  const waiting = await Promise.all(idle.map((token) => processesThatMention(`${attempts}${token}`)))
  return (await carriersOf(agent)).filter((pid) => !waiting.flat().includes(pid))
}

/** Those, and a wrapper that only waits for work. */
async function carriersOf({ data, program }: TestAgent): Promise<readonly number[]> {
  return (await processesThatMention(`${data}/attempts/`)).filter((pid) => pid !== program.pid)
}

/** Ends all of them at once, as the kernel would. */
export async function killTree(agent: TestAgent): Promise<void> {
  for (let left = await carriersOf(agent); left.length > 0; left = await treeOf(agent)) {
    for (const pid of left) {
      try {
        process.kill(pid, 'SIGKILL')
      } catch {
        // It ended by itself in the meantime.
      }
    }
  }
}

/** Living processes whose arguments or environment hold all these words. */
export async function processesThatMention(...words: readonly string[]): Promise<readonly number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number)
  const texts = await Promise.all(pids.map(textOf))
  return pids.filter((_, index) => words.every((word) => texts[index]?.includes(word)))
}

async function textOf(pid: number): Promise<string> {
  const read = (name: string) => readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => '')
  return `${await read('cmdline')}\n${await read('environ')}`
}
