import { builtin, choice } from './parts.ts'

const KINDS = {
  applications: 'installed applications',
  awsComponents: 'components of the service itself',
  networkConfig: 'network interfaces',
  windowsUpdates: 'updates of Windows',
  instanceDetailedInformation: 'processor, memory and operating system',
  services: 'services of Windows',
  windowsRoles: 'roles of Windows',
  customInventory: 'what files of the node say about it',
  billingInfo: 'what is paid for by use',
} as const

const names = Object.keys(KINDS)
const lists = {
  files: 'files, as the JSON text of a list with Path, Pattern, Recursive and DirScanLimit',
  windowsRegistry: 'keys of the registry, as the JSON text of a list with Path, Recursive, ValueNames',
}

/** What is on a node. */
export const awsGatherSoftwareInventory = builtin('AWS-GatherSoftwareInventory', {
  description: 'Reports what is on the node. The agent has no inventory yet: until it has, the step fails and says so.',
  parameters: Object.fromEntries([
    ...Object.entries(KINDS).map(([name, what]) => [
      name,
      choice(`(Optional) Whether it reports ${what}.`, ['Enabled', 'Disabled'], { default: 'Enabled' }),
    ]),
    ...Object.entries(lists).map(([name, what]) => [
      name,
      { type: 'String', default: '', description: `(Optional) Further ${what}.`, displayType: 'textarea' },
    ]),
  ]),
  mainSteps: [
    {
      action: 'aws:softwareInventory',
      name: 'collectSoftwareInventoryItems',
      inputs: Object.fromEntries([...names, ...Object.keys(lists)].map((name) => [name, `{{ ${name} }}`])),
    },
  ],
})
