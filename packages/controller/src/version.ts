import manifest from '../package.json' with { type: 'json' }

export const CONTROLLER_VERSION: string = manifest.version
