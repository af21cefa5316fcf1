import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { pythonEnvironment } from '../compat/clients/environment.ts'
import { startController, type TestController } from '../rig/controller.ts'

let controller: TestController
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-ansible-'))
  controller = await startController()
})
afterAll(async () => {
  await controller[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

interface Task {
  readonly name: string
  readonly [module: string]: unknown
}

/** Runs tasks on this machine; answers what each registered result holds. Throws with Ansible's own words. */
async function play(tasks: readonly Task[]): Promise<Record<string, { readonly changed?: boolean }>> {
  const playbook = join(folder, 'playbook.yml')
  const results = join(folder, 'results.json')
  const registered = tasks.flatMap(({ register }) => (typeof register === 'string' ? [register] : []))
  const dump = {
    name: 'keep the results',
    copy: { dest: results, content: `{{ {${registered.map((name) => `"${name}": ${name}`).join(', ')}} | to_json }}` },
  }
  const vars = {
    ansible_python_interpreter: '/usr/bin/python3',
    endpoint: controller.url,
  }
  const text = stringify([
    { hosts: 'localhost', connection: 'local', gather_facts: false, vars, tasks: [...tasks, dump] },
  ])
  await writeFile(playbook, text)
  const env = {
    ...pythonEnvironment(controller),
    HOME: folder,
    ANSIBLE_LOCAL_TEMP: join(folder, 'local'),
    ANSIBLE_LOCALHOST_WARNING: 'False',
    AWS_REGION: controller.region,
  }
  await new Promise<void>((resolve, reject) => {
    execFile('ansible-playbook', ['-i', 'localhost,', playbook], { env }, (error, stdout, stderr) =>
      error ? reject(new Error(`${stdout}\n${stderr}`)) : resolve(),
    )
  })
  return JSON.parse(await readFile(results, 'utf8'))
}

const parameter = (options: Record<string, unknown>) => ({
  'community.aws.ssm_parameter': { endpoint_url: '{{ endpoint }}', ...options },
})
const lookup = (term: string, options = '') =>
  `{{ lookup('amazon.aws.aws_ssm', '${term}', endpoint=endpoint, region='${'us-east-1'}'${options}) }}`

it('makes, keeps, changes, reads and removes parameters by the module and the lookup', {
  timeout: 300_000,
}, async () => {
  const host = { name: '/ansible/db/host', value: 'db1.example.org', description: 'where the data is' }
  const results = await play([
    { name: 'make', ...parameter(host), register: 'made' },
    { name: 'make it again', ...parameter(host), register: 'kept' },
    { name: 'change', ...parameter({ ...host, value: 'db2.example.org' }), register: 'changed_value' },
    {
      name: 'make a secret',
      ...parameter({ name: '/ansible/db/password', value: 's3cret & more', string_type: 'SecureString' }),
      register: 'secret',
    },
    { name: 'read', set_fact: { host: lookup('/ansible/db/host'), password: lookup('/ansible/db/password') } },
    { name: 'read the path', set_fact: { all: lookup('/ansible/db', ', bypath=true, shortnames=true') } },
    { name: 'note', copy: { dest: join(folder, 'read.json'), content: '{{ [host, password, all] | to_json }}' } },
    { name: 'remove', ...parameter({ name: '/ansible/db/host', state: 'absent' }), register: 'removed' },
    { name: 'remove it again', ...parameter({ name: '/ansible/db/host', state: 'absent' }), register: 'gone' },
  ])
  const changed = Object.fromEntries(Object.entries(results).map(([name, result]) => [name, result.changed]))
  expect(changed).toEqual({
    ...{ made: true, kept: false, changed_value: true, secret: true },
    ...{ removed: true, gone: false },
  })
  expect(JSON.parse(await readFile(join(folder, 'read.json'), 'utf8'))).toEqual([
    'db2.example.org',
    's3cret & more',
    { host: 'db2.example.org', password: 's3cret & more' },
  ])
  const { Parameters = [] } = await controller.call('DescribeParameters', {})
  expect(Parameters.map(({ Name }) => Name)).toEqual(['/ansible/db/password'])
})
