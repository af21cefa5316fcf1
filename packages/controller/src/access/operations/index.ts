/** All operations of this slice. */
import type { Operation } from '#api/operation.ts'
import type { AccessOperationDeps } from '../operation-deps.ts'
import { addUserToGroup } from './add-user-to-group.ts'
import { assumeRole } from './assume-role.ts'
import { attachGroupPolicy } from './attach-group-policy.ts'
import { attachRolePolicy } from './attach-role-policy.ts'
import { attachUserPolicy } from './attach-user-policy.ts'
import { createAccessKey } from './create-access-key.ts'
import { createNodeCredentials } from './create-node-credentials.ts'
import { createPolicy } from './create-policy.ts'
import { createPolicyVersion } from './create-policy-version.ts'
import { createRole } from './create-role.ts'
import { createUser } from './create-user.ts'
import { createUserGroup } from './create-user-group.ts'
import { deleteAccessKey } from './delete-access-key.ts'
import { deleteGroupPolicy } from './delete-group-policy.ts'
import { deletePolicy } from './delete-policy.ts'
import { deletePolicyVersion } from './delete-policy-version.ts'
import { deleteRole } from './delete-role.ts'
import { deleteRolePolicy } from './delete-role-policy.ts'
import { deleteUser } from './delete-user.ts'
import { deleteUserGroup } from './delete-user-group.ts'
import { deleteUserPolicy } from './delete-user-policy.ts'
import { detachGroupPolicy } from './detach-group-policy.ts'
import { detachRolePolicy } from './detach-role-policy.ts'
import { detachUserPolicy } from './detach-user-policy.ts'
import { getAccessKeyInfo } from './get-access-key-info.ts'
import { getAccessKeyLastUsed } from './get-access-key-last-used.ts'
import { getCallerIdentity } from './get-caller-identity.ts'
import { getGroupPolicy } from './get-group-policy.ts'
import { getPolicy } from './get-policy.ts'
import { getPolicyVersion } from './get-policy-version.ts'
import { getRole } from './get-role.ts'
import { getRolePolicy } from './get-role-policy.ts'
import { getSessionToken } from './get-session-token.ts'
import { getUser } from './get-user.ts'
import { getUserGroup } from './get-user-group.ts'
import { getUserPolicy } from './get-user-policy.ts'
import { listAccessKeys } from './list-access-keys.ts'
import { listAttachedGroupPolicies } from './list-attached-group-policies.ts'
import { listAttachedRolePolicies } from './list-attached-role-policies.ts'
import { listAttachedUserPolicies } from './list-attached-user-policies.ts'
import { listEntitiesForPolicy } from './list-entities-for-policy.ts'
import { listGroupPolicies } from './list-group-policies.ts'
import { listGroupsForUser } from './list-groups-for-user.ts'
import { listPolicies } from './list-policies.ts'
import { listPolicyVersions } from './list-policy-versions.ts'
import { listRolePolicies } from './list-role-policies.ts'
import { listRoleTags } from './list-role-tags.ts'
import { listRoles } from './list-roles.ts'
import { listUserGroups } from './list-user-groups.ts'
import { listUserPolicies } from './list-user-policies.ts'
import { listUserTags } from './list-user-tags.ts'
import { listUsers } from './list-users.ts'
import { putGroupPolicy } from './put-group-policy.ts'
import { putRolePolicy } from './put-role-policy.ts'
import { putUserPolicy } from './put-user-policy.ts'
import { removeUserFromGroup } from './remove-user-from-group.ts'
import { setDefaultPolicyVersion } from './set-default-policy-version.ts'
import { simulateCustomPolicy } from './simulate-custom-policy.ts'
import { simulatePrincipalPolicy } from './simulate-principal-policy.ts'
import { tagRole } from './tag-role.ts'
import { tagUser } from './tag-user.ts'
import { untagRole } from './untag-role.ts'
import { untagUser } from './untag-user.ts'
import { updateAccessKey } from './update-access-key.ts'
import { updateAssumeRolePolicy } from './update-assume-role-policy.ts'
import { updateRole } from './update-role.ts'
import { updateUser } from './update-user.ts'

export const createOperations = (deps: AccessOperationDeps): readonly Operation[] => [
  addUserToGroup(deps),
  assumeRole(deps),
  attachGroupPolicy(deps),
  attachRolePolicy(deps),
  attachUserPolicy(deps),
  createAccessKey(deps),
  createNodeCredentials(deps),
  createPolicyVersion(deps),
  createPolicy(deps),
  createRole(deps),
  createUserGroup(deps),
  createUser(deps),
  deleteAccessKey(deps),
  deleteGroupPolicy(deps),
  deletePolicyVersion(),
  deletePolicy(),
  deleteRolePolicy(deps),
  deleteRole(deps),
  deleteUserGroup(deps),
  deleteUserPolicy(deps),
  deleteUser(deps),
  detachGroupPolicy(deps),
  detachRolePolicy(deps),
  detachUserPolicy(deps),
  getAccessKeyInfo(deps),
  getAccessKeyLastUsed(deps),
  getCallerIdentity(),
  getGroupPolicy(deps),
  getPolicyVersion(),
  getPolicy(),
  getRolePolicy(deps),
  getRole(deps),
  getSessionToken(deps),
  getUserGroup(deps),
  getUserPolicy(deps),
  getUser(deps),
  listAccessKeys(deps),
  listAttachedGroupPolicies(deps),
  listAttachedRolePolicies(deps),
  listAttachedUserPolicies(deps),
  listEntitiesForPolicy(deps),
  listGroupPolicies(deps),
  listGroupsForUser(deps),
  listPolicies(deps),
  listPolicyVersions(deps),
  listRolePolicies(deps),
  listRoleTags(deps),
  listRoles(deps),
  listUserGroups(deps),
  listUserPolicies(deps),
  listUserTags(deps),
  listUsers(deps),
  putGroupPolicy(deps),
  putRolePolicy(deps),
  putUserPolicy(deps),
  removeUserFromGroup(deps),
  setDefaultPolicyVersion(deps),
  simulateCustomPolicy(deps),
  simulatePrincipalPolicy(deps),
  tagRole(deps),
  tagUser(deps),
  untagRole(deps),
  untagUser(deps),
  updateAccessKey(deps),
  updateAssumeRolePolicy(deps),
  updateRole(deps),
  updateUser(deps),
]
