import type { Behaviours, Performance } from '../../packages/protocol/src/link/testing/index.ts'

/** What a simulated node makes of a script: nothing runs, but some words have the effect that one expects of them. */
export function pretend(lines: readonly string[], host: string): Performance {
  const text = lines.join('\n')
  const seconds = /^\s*sleep (\d+)/m.exec(text)?.[1]
  const exit = /^\s*exit (\d+)/m.exec(text)?.[1]
  const failing = /^\s*false\b/m.test(text)
  return {
    stdout: lines.map((line) => `${host}: ${line}\n`).join(''),
    stderr: failing ? `${host}: a command said no\n` : '',
    exitCode: exit === undefined ? Number(failing) : Number(exit),
    delayMs: seconds === undefined ? 200 + Math.random() * 1800 : Number(seconds) * 1000,
  }
}

/** Behaviours of one node; every `failsEvery`-th node of a fleet fails whatever it is told to do. */
export const pretendingNode = (host: string, index: number, failsEvery: number): Behaviours => ({
  onWork: ({ envelope }) =>
    envelope.steps.map(({ inputs }) => {
      const lines = Array.isArray(inputs['runCommand']) ? inputs['runCommand'].flat().map(String) : []
      const performance = pretend(lines, host)
      return failsEvery > 0 && (index + 1) % failsEvery === 0
        ? { ...performance, exitCode: 1, stderr: `${host}: no space left on device\n` }
        : performance
    }),
})
