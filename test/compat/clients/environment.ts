import type { TestController } from '../../rig/controller.ts'
import type { Settings } from './client.ts'

/** What a Python client finds in its environment: this machine's own, none of its AWS settings, and the rig's. */
export function pythonEnvironment(controller: TestController): Record<string, string> {
  const own = Object.entries(process.env).filter(([name]) => !/^(AWS_|BOTO_|PYTHON|MUSTER_|VITEST|NODE_)/.test(name))
  return { ...(Object.fromEntries(own) as Record<string, string>), ...controller.awsEnvironment }
}

/** The same settings as environment variables. */
export function settingsEnvironment({ url, region, accessKeyId, secretAccessKey, sessionToken, attempts }: Settings) {
  const given: Record<string, string | undefined> = {
    AWS_ENDPOINT_URL: url,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
    AWS_MAX_ATTEMPTS: attempts?.toString(),
  }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Record<string, string>
}
