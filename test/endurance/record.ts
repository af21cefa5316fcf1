import { readFile, writeFile } from 'node:fs/promises'
import { fillPlace } from '../../scripts/pages/place.ts'

const page = new URL('../../docs/endurance.md', import.meta.url)

/** Keeps the figures of a run in docs/endurance.md, where somebody asked for it (`--record`). */
export async function record(test: string, figures: Readonly<Record<string, string | number>>): Promise<void> {
  if (process.env['MUSTER_TEST_RECORD'] !== '1') return
  await writeFile(page, withFigures(await readFile(page, 'utf8'), test, figures, new Date().toISOString().slice(0, 10)))
}

/** The page with these figures in place of the test's earlier ones; throws where it has no place for them. */
export function withFigures(
  text: string,
  test: string,
  figures: Readonly<Record<string, string | number>>,
  date: string,
): string {
  const rows = Object.entries({ date, node: process.version, ...figures }).map(
    ([name, value]) => `| ${name} | ${value} |\n`,
  )
  return fillPlace(text, `figures of ${test}`, `| what | figure |\n|---|---|\n${rows.join('')}`)
}
