import type { ScriptPlugin } from '#runner/index.ts'

/** `aws:domainJoin`: refused always, with the reason; a directory of AWS is nothing that Muster has. */
export const domainJoin: ScriptPlugin = {
  kind: 'script',
  action: 'aws:domainJoin',
  since: 1,
  platforms: ['linux', 'win32'],
  plan: () => ({
    problem:
      'aws:domainJoin joins a directory of AWS Directory Service, which there is none of here: join with a script (realm join on Linux, Add-Computer on Windows)',
  }),
  outcome: () => ({ status: 'failed' }),
}
