import type { Client } from '../../packages/protocol/src/api/index.ts'
import { createFakeFleet, type FakeFleet } from '../../test/kit/fake-fleet.ts'
import { pretendingNode } from './pretend.ts'

interface Sample {
  readonly name: string
  readonly tags: Readonly<Record<string, string>>
  readonly count: number
  readonly offline?: number
  readonly platform: readonly [name: string, version: string]
  /** Every so many nodes one fails all it gets; 0: none. */
  readonly failsEvery: number
}

const SAMPLES: readonly Sample[] = [
  { name: 'web', tags: { role: 'web', env: 'prod' }, count: 12, platform: ['Debian GNU/Linux', '12'], failsEvery: 6 },
  { name: 'db', tags: { role: 'db', env: 'prod' }, count: 4, platform: ['Rocky Linux', '9.6'], failsEvery: 0 },
  {
    name: 'build',
    tags: { role: 'build', env: 'test' },
    count: 6,
    offline: 2,
    platform: ['Ubuntu', '24.04'],
    failsEvery: 0,
  },
]

const numbered = (name: string, index: number): string => `${name}-${String(index + 1).padStart(2, '0')}`

/** Enrols the simulated nodes of `npm run dev`, each fleet with an activation and tags of its own. */
export function createSampleFleets(url: string, call: Client): Promise<readonly FakeFleet[]> {
  return Promise.all(
    SAMPLES.map(async ({ name, tags, count, offline = 0, platform, failsEvery }) => {
      const { ActivationId = '', ActivationCode = '' } = await call('CreateActivation', {
        IamRole: 'MusterNode',
        Description: `npm run dev: ${name}`,
        DefaultInstanceName: name,
        RegistrationLimit: count,
        Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
      })
      const [platformName, platformVersion] = platform
      return createFakeFleet({
        url,
        activationId: ActivationId,
        code: ActivationCode,
        count,
        offline,
        agent: (index) => ({
          host: { computerName: numbered(name, index), platformName, platformVersion },
          behaviours: pretendingNode(numbered(name, index), index, failsEvery),
        }),
      })
    }),
  )
}

/** Commands in every state that a person may want to look at; answers what was sent. */
export async function sendSampleCommands(call: Client): Promise<readonly string[]> {
  const send = async (comment: string, commands: readonly string[], tag: readonly [key: string, value: string]) => {
    const { Command } = await call('SendCommand', {
      DocumentName: 'AWS-RunShellScript',
      Comment: comment,
      Parameters: { commands: [...commands] },
      Targets: [{ Key: `tag:${tag[0]}`, Values: [tag[1]] }],
      MaxErrors: '100%',
    })
    return `${Command?.CommandId}  ${comment}`
  }
  return [
    await send('succeeds everywhere', ['uname -a', 'uptime'], ['role', 'db']),
    await send('fails on some nodes', ['systemctl restart nginx'], ['role', 'web']),
    await send('fails everywhere', ['apt-get update', 'false'], ['role', 'db']),
    await send('runs for ten minutes', ['sleep 600'], ['role', 'web']),
    await send('waits for two nodes that are offline', ['make -j8 test'], ['role', 'build']),
  ]
}
