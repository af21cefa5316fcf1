import type { Store } from './stores.ts'

const CHILDREN = ['command_invocation', 'command_step', 'command_output'] as const

/**
 * Repeats the one finished command of a store until there are `count`: what months of use leave behind, without
 * running them. Only ids and keys differ.
 */
export function multiplyCommands(store: Store, count: number): Promise<void> {
  return store.execute(async (columns) => {
    const commands = (await columns('command')).filter((name) => name !== 'key')
    // Digits of the same length, so that the ids keep their form.
    const values = commands.map((name) =>
      name === 'id' ? 'substr(id, 1, 24) || substr(cast(100000000000 + n as text), 1, 12)' : quote(name),
    )
    const numbers = `with recursive number(n) as (select 1 union all select n + 1 from number where n < ${count - 1})`
    const into = `insert into command (${commands.map(quote).join(', ')})`
    const statements = [`${into} ${numbers} select ${values.join(', ')} from command, number`]
    for (const table of CHILDREN) statements.push(copyChildren(table, await columns(table)))
    return statements
  })
}

function copyChildren(table: string, columns: readonly string[]): string {
  const values = columns.map((name) => (name === 'command_key' ? 'command."key"' : `child.${quote(name)}`))
  const into = `insert into ${table} (${columns.map(quote).join(', ')})`
  return `${into} select ${values.join(', ')} from ${table} child, command where command."key" <> child.command_key`
}

const quote = (name: string): string => `"${name}"`
