import { startController } from './test/rig/controller.ts'
import { startAgent } from './test/rig/agent.ts'
import { sendScript } from './test/rig/script.ts'
import { setTimeout as delay } from 'node:timers/promises'
for (let round = 0; round < 12; round++) {
  const controller = await startController(); const agent = await startAgent(controller)
  await agent.stop('SIGTERM')
  await sendScript(controller, [agent.nodeId], [`echo ran`])
  for (let life = 0; life < 2; life++) {
    agent.start({ MUSTER_FAILPOINTS: 'while-reading:kill' })
    const r = await Promise.race([agent.program.exited, delay(15000, 'hang')])
    if (r !== 137) { console.log(round, life, r, agent.program.log.slice(-20).join('\n'), '\nCTL', controller.program.log.slice(-20).join('\n')); process.exit(1) }
  }
  await agent.stop('SIGKILL'); await controller[Symbol.asyncDispose](); console.log(round, 'ok')
}
process.exit(0)
