import type { PlainObject } from '#kit/index.ts'
import { builtin, choice } from './parts.ts'

const NOT_YET = 'Patching is not built yet: until it is, the step fails and says so.'

const own = (description: string, allowedPattern: string): PlainObject => ({
  ...{ type: 'String', default: '', description, allowedPattern },
})

const operation = choice('(Required) Whether patches are looked for only, or installed as well.', ['Scan', 'Install'])
const rebootOption = choice(
  '(Optional) Whether the node reboots when a patch wants it.',
  ['RebootIfNeeded', 'NoReboot'],
  {
    default: 'RebootIfNeeded',
  },
)
const associationId = own(
  '(Optional) The association that this is a run of.',
  '^$|^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$',
)
const snapshotId = own(
  '(Optional) The snapshot of the baseline that is used; the one of now when it is empty.',
  '^$|^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$',
)
const url = '^$|^(https://|s3://)[^\\s]+$'
const installOverrideList = own('(Optional) URL of a list of patches that is installed in place of the baseline.', url)
const baselineOverride = own('(Optional) URL of baselines that are used in place of the registered ones.', url)

const patch = (parameters: PlainObject): PlainObject => ({
  action: 'muster:patchBaseline',
  name: 'patchBaseline',
  inputs: Object.fromEntries(Object.keys(parameters).map((name) => [name, `{{ ${name} }}`])),
})

const baseline = {
  Operation: operation,
  AssociationId: associationId,
  SnapshotId: snapshotId,
  InstallOverrideList: installOverrideList,
  BaselineOverride: baselineOverride,
  RebootOption: rebootOption,
}
const associated = {
  Operation: operation,
  BaselineTags: own(
    '(Optional) Key and value of a tag of the baseline, such as Key=stage,Values=prod.',
    '^$|^.{1,512}$',
  ),
  AssociationId: associationId,
  InstallOverrideList: installOverrideList,
  RebootOption: rebootOption,
}

/** Brings a node to what its patch baseline says. */
export const awsRunPatchBaseline = builtin('AWS-RunPatchBaseline', {
  description: `Looks for patches of the node's baseline, or installs them. ${NOT_YET}`,
  parameters: baseline,
  mainSteps: [patch(baseline)],
})

/** The same for associations, which may choose another baseline. */
export const awsRunPatchBaselineAssociation = builtin('AWS-RunPatchBaselineAssociation', {
  description: `Looks for patches of a baseline that is chosen by a tag, or installs them. ${NOT_YET}`,
  parameters: associated,
  mainSteps: [patch(associated)],
})

const hook = (when: string): PlainObject => ({
  type: 'String',
  default: 'AWS-Noop',
  description: `(Optional) Name or ARN of a document that runs ${when}.`,
  allowedPattern: '^[a-zA-Z0-9_\\-.:/]{3,128}$',
})

/** The same with documents that run before, after and at the end. */
export const awsRunPatchBaselineWithHooks = builtin('AWS-RunPatchBaselineWithHooks', {
  description: `Installs patches with documents of one's own before, after and at the end. ${NOT_YET}`,
  parameters: {
    Operation: operation,
    SnapshotId: snapshotId,
    RebootOption: rebootOption,
    PreInstallHookDocName: hook('before patches are installed'),
    PostInstallHookDocName: hook('after patches were installed'),
    OnExitHookDocName: hook('at the end, after a reboot'),
  },
  mainSteps: [
    {
      action: 'aws:runDocument',
      name: 'preInstallHook',
      inputs: { documentType: 'SSMDocument', documentPath: '{{ PreInstallHookDocName }}', onFailure: 'exit' },
    },
    patch({ Operation: operation, SnapshotId: snapshotId, RebootOption: rebootOption }),
    {
      action: 'aws:runDocument',
      name: 'postInstallHook',
      inputs: { documentType: 'SSMDocument', documentPath: '{{ PostInstallHookDocName }}' },
    },
    {
      action: 'aws:runDocument',
      name: 'onExitHook',
      inputs: { documentType: 'SSMDocument', documentPath: '{{ OnExitHookDocName }}', finallyStep: true },
    },
  ],
})
