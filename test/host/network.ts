import { must, run } from './shell.ts'

/** A network of two: this machine and one namespace, with no way to anywhere else. */
export interface HostNetwork extends AsyncDisposable {
  readonly namespacePath: string
  /** Address of this machine on it. */
  readonly near: string
  /** Address of the host in the namespace. */
  readonly far: string
  /** Takes the wire away and gives it back; neither side is told. */
  setLink(up: boolean): Promise<void>
}

export async function createNetwork(name: string, subnet: string): Promise<HostNetwork> {
  const [near, far, outside, inside] = [`${subnet}.1`, `${subnet}.2`, `${name}o`, `${name}i`]
  const remove = async () => {
    await run(['ip', 'link', 'del', outside])
    await run(['ip', 'netns', 'del', name])
  }
  await remove()
  await must(['ip', 'netns', 'add', name])
  await must(['ip', 'link', 'add', outside, 'type', 'veth', 'peer', 'name', inside, 'netns', name])
  await must(['ip', 'addr', 'add', `${near}/24`, 'dev', outside])
  await must(['ip', 'link', 'set', outside, 'up'])
  const setUpInside = async () => {
    await must(['ip', '-n', name, 'addr', 'replace', `${far}/24`, 'dev', inside])
    await must(['ip', '-n', name, 'link', 'set', inside, 'up'])
    await must(['ip', '-n', name, 'link', 'set', 'lo', 'up'])
  }
  await setUpInside()
  return {
    namespacePath: `/run/netns/${name}`,
    near,
    far,
    setLink: async (up) => void (await must(['ip', 'link', 'set', outside, up ? 'up' : 'down'])),
    [Symbol.asyncDispose]: remove,
  }
}
