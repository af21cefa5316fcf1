import { fillPlace } from '../../scripts/pages/place.ts'
import { parseGoal } from './statistics.ts'

interface Row {
  readonly bench: string
  readonly figure: string
  readonly ratio: number
  readonly goal: string
  /** How many times the goal is missed by: 1 is exactly met. */
  readonly off: number
}

const COUNT = 3

/** The page with its table of the three benches that are farthest from their goals made anew from the figures on it. */
export function withWorst(page: string): string {
  const lines = worstOf(page).map(
    ({ bench, figure, ratio, goal, off }) => `| ${bench} | ${figure} | ${ratio} | ${goal} | ${off.toFixed(1)} |\n`,
  )
  const table = `| bench | figure | ratio | goal | times off |\n|---|---|---|---|---|\n${lines.join('')}`
  return fillPlace(page, 'worst', table)
}

/** The worst figure of each bench, the three worst of these first; figures that decide nothing count too. */
export function worstOf(page: string): readonly Row[] {
  const worst = [...page.matchAll(/<!-- figures of (\w+) -->\n([\s\S]*?)<!-- end -->/g)].flatMap(
    ([, bench = '', text = '']) =>
      rowsOf(bench, text)
        .sort((a, b) => b.off - a.off)
        .slice(0, 1),
  )
  return worst
    .filter(({ off }) => off > 1)
    .sort((a, b) => b.off - a.off)
    .slice(0, COUNT)
}

function rowsOf(bench: string, text: string): Row[] {
  return text.split('\n').flatMap((line) => {
    const cells = line.split('|').map((cell) => cell.trim())
    const [, figure = '', , , ratioText = '', goal = ''] = cells
    const ratio = Number(ratioText)
    if (!/^[<>]=/.test(goal) || ratioText === '' || !Number.isFinite(ratio) || ratio <= 0) return []
    const bound = Number(parseGoal(goal).text.slice(2))
    return [{ bench, figure, ratio, goal, off: goal.startsWith('<') ? ratio / bound : bound / ratio }]
  })
}
