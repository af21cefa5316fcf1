import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createFakeFleet } from '../../test/kit/fake-fleet.ts'
import { startController } from '../../test/rig/controller.ts'
import { ownPort } from '../../test/rig/port.ts'
import { startBareLinks } from '../floors/bare-links.ts'
import type { Bench } from '../frame/bench.ts'
import { alternate, pick } from '../frame/rounds.ts'
import { openStores } from '../stand/stores.ts'

/** New hosts: from the first request to the first open link. Both sides connect twice, as two programs have to. */
export const enrol: Bench = {
  name: 'enrol',
  about: 'register and first login of new nodes over TLS, against TLS, one signature and one commit each time',
  async run(setting) {
    const count = setting.quick ? 100 : 300
    await using stack = new AsyncDisposableStack()
    const store = await stack.use(await openStores(setting)).open()
    const listen = [`http://127.0.0.1:${await ownPort()}`, `https://127.0.0.1:${await ownPort()}`]
    const controller = stack.use(await startController({ listen, args: ['--log-level', 'warn'], database: store.url }))
    const pki = join(controller.data, 'pki')
    const bare = stack.use(await startBareLinks(setting.folder, pki))
    const url = controller.urls.find((each) => each.startsWith('https:')) ?? ''
    const caPem = readFileSync(join(pki, 'ca.pem'), 'utf8')
    let errors = 0

    const rounds = await alternate(setting, {
      async limit() {
        const ms =
          (await bare.connect(count, { atOnce: 20, commit: true })) + (await bare.connect(count, { atOnce: 20 }))
        await bare.closeAll()
        return count / (ms / 1000)
      },
      async muster() {
        const { ActivationId = '', ActivationCode = '' } = await controller.call('CreateActivation', {
          IamRole: 'MusterNode',
          RegistrationLimit: count,
        })
        const begin = performance.now()
        await using fleet = await createFakeFleet({
          url,
          caPem,
          activationId: ActivationId,
          code: ActivationCode,
          count,
        })
        const ms = performance.now() - begin
        errors += fleet.agents.filter((agent) => !agent.isOnline()).length
        return count / (ms / 1000)
      },
    })
    return {
      comparisons: [
        { name: 'nodes_enrolled', at: { count }, unit: 'nodes/s', goal: '>=0.5', ...pick(rounds, (rate) => rate) },
      ],
      growth: [],
      counts: { lost: 0, double: 0, errors },
    }
  },
}
