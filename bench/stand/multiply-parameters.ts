import type { Store } from './stores.ts'

const SAMPLE = '/bench/0/0'

/** Repeats the parameter `/bench/0/0` of a store until there are `count`, ten to a path. */
export function multiplyParameters(store: Store, count: number): Promise<void> {
  return store.execute(async (columns) => {
    const numbers = `with recursive number(n) as (select 1 union all select n + 1 from number where n < ${count - 1})`
    const path = "'/bench/' || cast(n / 10 as text) || '/' || cast(n % 10 as text)"
    const own: Readonly<Record<string, string>> = {
      path,
      name: path,
      parent: "'/bench/' || cast(n / 10 as text)",
    }
    const copy = async (table: string): Promise<string> => {
      const names = await columns(table)
      const values = names.map((name) => own[name] ?? quote(name))
      const from = `from ${table}, number where path = '${SAMPLE}'`
      return `insert into ${table} (${names.map(quote).join(', ')}) ${numbers} select ${values.join(', ')} ${from}`
    }
    const counted = `update parameter_count set "count" = "count" + ${count - 1} where tier = 'Advanced'`
    return [await copy('parameter'), await copy('parameter_version'), counted]
  })
}

const quote = (name: string): string => `"${name}"`
