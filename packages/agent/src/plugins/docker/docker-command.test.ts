import { expect, test } from 'vitest'
import { type DockerInputs, dockerArgv, dockerProblem, words } from './docker-command.ts'

test.each<[DockerInputs, string]>([
  [{ action: 'Run', image: 'nginx:1' }, 'docker run --detach nginx:1'],
  [
    {
      ...{
        action: 'Create',
        image: 'a/b@sha256:c',
        container: 'web',
        cmd: 'sh -c "echo x"',
        memory: '64m',
        cpuShares: '2',
      },
      ...{ volume: ['/a:/b', 'c:/d'], env: 'A=1 2', user: 'me:us', publish: '127.0.0.1:80:80/tcp' },
    },
    'docker create --volume /a:/b --volume c:/d --name web --memory 64m --cpu-shares 2 --publish 127.0.0.1:80:80/tcp --env A=1 2 --user me:us a/b@sha256:c sh -c echo x',
  ],
  [{ action: 'Start', container: 'web' }, 'docker start web'],
  [{ action: 'Stop', container: 'web' }, 'docker stop web'],
  [{ action: 'Rm', container: 'web' }, 'docker rm web'],
  [{ action: 'Exec', container: 'web', cmd: 'ls -l', user: 'me' }, 'docker exec --user me web ls -l'],
  [{ action: 'Inspect', image: 'nginx' }, 'docker inspect nginx'],
  [{ action: 'Logs', container: 'web' }, 'docker logs web'],
  [{ action: 'Ps' }, 'docker ps --all'],
  [{ action: 'Stats' }, 'docker stats --no-stream'],
  [{ action: 'Pull', image: 'nginx' }, 'docker pull nginx'],
  [{ action: 'Images' }, 'docker images'],
  [{ action: 'Rmi', image: 'nginx' }, 'docker rmi nginx'],
])('%j is one command of Docker', (inputs, line) => {
  expect(dockerProblem(inputs)).toBeUndefined()
  expect(dockerArgv(inputs).join(' ')).toBe(line)
})

test.each<[DockerInputs, string]>([
  [{ action: 'Run' }, 'action Run needs image'],
  [{ action: 'Exec', container: 'web' }, 'action Exec needs cmd'],
  [{ action: 'Inspect' }, 'action Inspect needs container or image'],
  [{ action: 'Rm', container: '--force' }, 'container is not what Docker takes there'],
  [{ action: 'Run', image: '--privileged' }, 'image is not what Docker takes there'],
  [{ action: 'Run', image: 'x', memory: '1 --privileged' }, 'memory is not what Docker takes there'],
  [{ action: 'Run', image: 'x', user: '-x' }, 'user is not what Docker takes there'],
  [{ action: 'Run', image: 'x', publish: '-P' }, 'publish is not what Docker takes there'],
  [{ action: 'Run', image: 'x', env: '--x' }, 'env is not what Docker takes there'],
  [{ action: 'Run', image: 'x', volume: ['-v'] }, 'volume must not begin with -'],
])('%j is refused', (inputs, problem) => {
  expect(dockerProblem(inputs)).toBe(problem)
})

test.each([
  ['', []],
  ['  a  b ', ['a', 'b']],
  [`sh -c "echo 'x y'"`, ['sh', '-c', `echo 'x y'`]],
  [`a'b c'd "" e`, ['ab cd', '', 'e']],
  ['it"s $HOME;x', ['it"s', '$HOME;x']],
])('the words of %j', (command, expected) => {
  expect(words(command)).toEqual(expected)
})
