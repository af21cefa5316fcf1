// Written by "npm run generate" from packages/protocol/model/*.json. Do not edit.
// Timestamps are seconds since 1970 (a fraction is allowed); blobs are base64.

/** Every operation of both models by its bare name. */
export interface Operations {
  AddTagsToResource: {
    input: AddTagsToResourceRequest
    output: AddTagsToResourceResult
    error: 'InvalidResourceType' | 'InvalidResourceId' | 'InternalServerError' | 'TooManyTagsError' | 'TooManyUpdates'
  }
  AssociateOpsItemRelatedItem: {
    input: AssociateOpsItemRelatedItemRequest
    output: AssociateOpsItemRelatedItemResponse
    error: 'InternalServerError' | 'OpsItemNotFoundException' | 'OpsItemLimitExceededException' | 'OpsItemInvalidParameterException' | 'OpsItemRelatedItemAlreadyExistsException' | 'OpsItemConflictException'
  }
  CancelCommand: {
    input: CancelCommandRequest
    output: CancelCommandResult
    error: 'InternalServerError' | 'InvalidCommandId' | 'InvalidInstanceId' | 'DuplicateInstanceId'
  }
  CancelMaintenanceWindowExecution: {
    input: CancelMaintenanceWindowExecutionRequest
    output: CancelMaintenanceWindowExecutionResult
    error: 'InternalServerError' | 'DoesNotExistException'
  }
  CreateActivation: {
    input: CreateActivationRequest
    output: CreateActivationResult
    error: 'InvalidParameters' | 'InternalServerError'
  }
  CreateAssociation: {
    input: CreateAssociationRequest
    output: CreateAssociationResult
    error: 'AssociationAlreadyExists' | 'AssociationLimitExceeded' | 'InternalServerError' | 'InvalidDocument' | 'InvalidDocumentVersion' | 'InvalidInstanceId' | 'UnsupportedPlatformType' | 'InvalidOutputLocation' | 'InvalidParameters' | 'InvalidTarget' | 'InvalidSchedule' | 'InvalidTargetMaps' | 'InvalidTag'
  }
  CreateAssociationBatch: {
    input: CreateAssociationBatchRequest
    output: CreateAssociationBatchResult
    error: 'InternalServerError' | 'InvalidDocument' | 'InvalidDocumentVersion' | 'InvalidInstanceId' | 'InvalidParameters' | 'DuplicateInstanceId' | 'AssociationLimitExceeded' | 'UnsupportedPlatformType' | 'InvalidOutputLocation' | 'InvalidTarget' | 'InvalidSchedule' | 'InvalidTargetMaps'
  }
  CreateCloudConnector: {
    input: CreateCloudConnectorRequest
    output: CreateCloudConnectorResult
    error: 'InternalServerError' | 'ServiceQuotaExceededException' | 'ConflictException'
  }
  CreateDocument: {
    input: CreateDocumentRequest
    output: CreateDocumentResult
    error: 'DocumentAlreadyExists' | 'MaxDocumentSizeExceeded' | 'InternalServerError' | 'InvalidDocumentContent' | 'DocumentLimitExceeded' | 'InvalidDocumentSchemaVersion' | 'TooManyUpdates' | 'NoLongerSupportedException'
  }
  CreateMaintenanceWindow: {
    input: CreateMaintenanceWindowRequest
    output: CreateMaintenanceWindowResult
    error: 'IdempotentParameterMismatch' | 'ResourceLimitExceededException' | 'InternalServerError'
  }
  CreateOpsItem: {
    input: CreateOpsItemRequest
    output: CreateOpsItemResponse
    error: 'InternalServerError' | 'OpsItemAlreadyExistsException' | 'OpsItemLimitExceededException' | 'OpsItemInvalidParameterException' | 'OpsItemAccessDeniedException'
  }
  CreateOpsMetadata: {
    input: CreateOpsMetadataRequest
    output: CreateOpsMetadataResult
    error: 'OpsMetadataAlreadyExistsException' | 'OpsMetadataTooManyUpdatesException' | 'OpsMetadataInvalidArgumentException' | 'OpsMetadataLimitExceededException' | 'InternalServerError'
  }
  CreatePatchBaseline: {
    input: CreatePatchBaselineRequest
    output: CreatePatchBaselineResult
    error: 'IdempotentParameterMismatch' | 'ResourceLimitExceededException' | 'InternalServerError'
  }
  CreateResourceDataSync: {
    input: CreateResourceDataSyncRequest
    output: CreateResourceDataSyncResult
    error: 'InternalServerError' | 'ResourceDataSyncCountExceededException' | 'ResourceDataSyncAlreadyExistsException' | 'ResourceDataSyncInvalidConfigurationException'
  }
  DeleteActivation: {
    input: DeleteActivationRequest
    output: DeleteActivationResult
    error: 'InvalidActivationId' | 'InvalidActivation' | 'InternalServerError' | 'TooManyUpdates'
  }
  DeleteAssociation: {
    input: DeleteAssociationRequest
    output: DeleteAssociationResult
    error: 'AssociationDoesNotExist' | 'InternalServerError' | 'InvalidDocument' | 'InvalidInstanceId' | 'TooManyUpdates'
  }
  DeleteCloudConnector: {
    input: DeleteCloudConnectorRequest
    output: DeleteCloudConnectorResult
    error: 'InternalServerError' | 'ResourceNotFoundException' | 'ConflictException'
  }
  DeleteDocument: {
    input: DeleteDocumentRequest
    output: DeleteDocumentResult
    error: 'InternalServerError' | 'InvalidDocument' | 'InvalidDocumentOperation' | 'AssociatedInstances' | 'TooManyUpdates'
  }
  DeleteInventory: {
    input: DeleteInventoryRequest
    output: DeleteInventoryResult
    error: 'InternalServerError' | 'InvalidTypeNameException' | 'InvalidOptionException' | 'InvalidDeleteInventoryParametersException' | 'InvalidInventoryRequestException'
  }
  DeleteMaintenanceWindow: {
    input: DeleteMaintenanceWindowRequest
    output: DeleteMaintenanceWindowResult
    error: 'InternalServerError'
  }
  DeleteOpsItem: {
    input: DeleteOpsItemRequest
    output: DeleteOpsItemResponse
    error: 'InternalServerError' | 'OpsItemInvalidParameterException'
  }
  DeleteOpsMetadata: {
    input: DeleteOpsMetadataRequest
    output: DeleteOpsMetadataResult
    error: 'OpsMetadataNotFoundException' | 'OpsMetadataInvalidArgumentException' | 'InternalServerError'
  }
  DeleteParameter: {
    input: DeleteParameterRequest
    output: DeleteParameterResult
    error: 'InternalServerError' | 'ParameterNotFound'
  }
  DeleteParameters: {
    input: DeleteParametersRequest
    output: DeleteParametersResult
    error: 'InternalServerError'
  }
  DeletePatchBaseline: {
    input: DeletePatchBaselineRequest
    output: DeletePatchBaselineResult
    error: 'ResourceInUseException' | 'InternalServerError'
  }
  DeleteResourceDataSync: {
    input: DeleteResourceDataSyncRequest
    output: DeleteResourceDataSyncResult
    error: 'InternalServerError' | 'ResourceDataSyncNotFoundException' | 'ResourceDataSyncInvalidConfigurationException'
  }
  DeleteResourcePolicy: {
    input: DeleteResourcePolicyRequest
    output: DeleteResourcePolicyResponse
    error: 'InternalServerError' | 'ResourcePolicyInvalidParameterException' | 'ResourcePolicyConflictException' | 'ResourceNotFoundException' | 'MalformedResourcePolicyDocumentException' | 'ResourcePolicyNotFoundException'
  }
  DeregisterDefaultHostManagementConfiguration: {
    input: DeregisterDefaultHostManagementConfigurationRequest
    output: DeregisterDefaultHostManagementConfigurationResult
    error: 'InternalServerError'
  }
  DeregisterManagedInstance: {
    input: DeregisterManagedInstanceRequest
    output: DeregisterManagedInstanceResult
    error: 'InvalidInstanceId' | 'InternalServerError'
  }
  DeregisterPatchBaselineForPatchGroup: {
    input: DeregisterPatchBaselineForPatchGroupRequest
    output: DeregisterPatchBaselineForPatchGroupResult
    error: 'InvalidResourceId' | 'InternalServerError'
  }
  DeregisterTargetFromMaintenanceWindow: {
    input: DeregisterTargetFromMaintenanceWindowRequest
    output: DeregisterTargetFromMaintenanceWindowResult
    error: 'DoesNotExistException' | 'InternalServerError' | 'TargetInUseException'
  }
  DeregisterTaskFromMaintenanceWindow: {
    input: DeregisterTaskFromMaintenanceWindowRequest
    output: DeregisterTaskFromMaintenanceWindowResult
    error: 'DoesNotExistException' | 'InternalServerError'
  }
  DescribeActivations: {
    input: DescribeActivationsRequest
    output: DescribeActivationsResult
    error: 'InvalidFilter' | 'InvalidNextToken' | 'InternalServerError'
  }
  DescribeAssociation: {
    input: DescribeAssociationRequest
    output: DescribeAssociationResult
    error: 'AssociationDoesNotExist' | 'InvalidAssociationVersion' | 'InternalServerError' | 'InvalidDocument' | 'InvalidInstanceId'
  }
  DescribeAssociationExecutionTargets: {
    input: DescribeAssociationExecutionTargetsRequest
    output: DescribeAssociationExecutionTargetsResult
    error: 'InternalServerError' | 'AssociationDoesNotExist' | 'InvalidNextToken' | 'AssociationExecutionDoesNotExist'
  }
  DescribeAssociationExecutions: {
    input: DescribeAssociationExecutionsRequest
    output: DescribeAssociationExecutionsResult
    error: 'InternalServerError' | 'AssociationDoesNotExist' | 'InvalidNextToken'
  }
  DescribeAutomationExecutions: {
    input: DescribeAutomationExecutionsRequest
    output: DescribeAutomationExecutionsResult
    error: 'InvalidFilterKey' | 'InvalidFilterValue' | 'InvalidNextToken' | 'InternalServerError'
  }
  DescribeAutomationStepExecutions: {
    input: DescribeAutomationStepExecutionsRequest
    output: DescribeAutomationStepExecutionsResult
    error: 'AutomationExecutionNotFoundException' | 'InvalidNextToken' | 'InvalidFilterKey' | 'InvalidFilterValue' | 'InternalServerError'
  }
  DescribeAvailablePatches: {
    input: DescribeAvailablePatchesRequest
    output: DescribeAvailablePatchesResult
    error: 'InternalServerError'
  }
  DescribeDocument: {
    input: DescribeDocumentRequest
    output: DescribeDocumentResult
    error: 'InternalServerError' | 'InvalidDocument' | 'InvalidDocumentVersion'
  }
  DescribeDocumentPermission: {
    input: DescribeDocumentPermissionRequest
    output: DescribeDocumentPermissionResponse
    error: 'InternalServerError' | 'InvalidDocument' | 'InvalidNextToken' | 'InvalidPermissionType' | 'InvalidDocumentOperation'
  }
  DescribeEffectiveInstanceAssociations: {
    input: DescribeEffectiveInstanceAssociationsRequest
    output: DescribeEffectiveInstanceAssociationsResult
    error: 'InternalServerError' | 'InvalidInstanceId' | 'InvalidNextToken'
  }
  DescribeEffectivePatchesForPatchBaseline: {
    input: DescribeEffectivePatchesForPatchBaselineRequest
    output: DescribeEffectivePatchesForPatchBaselineResult
    error: 'InvalidResourceId' | 'DoesNotExistException' | 'UnsupportedOperatingSystem' | 'InternalServerError'
  }
  DescribeInstanceAssociationsStatus: {
    input: DescribeInstanceAssociationsStatusRequest
    output: DescribeInstanceAssociationsStatusResult
    error: 'InternalServerError' | 'InvalidInstanceId' | 'InvalidNextToken'
  }
  DescribeInstanceInformation: {
    input: DescribeInstanceInformationRequest
    output: DescribeInstanceInformationResult
    error: 'InternalServerError' | 'InvalidInstanceId' | 'InvalidNextToken' | 'InvalidInstanceInformationFilterValue' | 'InvalidFilterKey'
  }
  DescribeInstancePatchStates: {
    input: DescribeInstancePatchStatesRequest
    output: DescribeInstancePatchStatesResult
    error: 'InternalServerError' | 'InvalidNextToken'
  }
  DescribeInstancePatchStatesForPatchGroup: {
    input: DescribeInstancePatchStatesForPatchGroupRequest
    output: DescribeInstancePatchStatesForPatchGroupResult
    error: 'InternalServerError' | 'InvalidFilter' | 'InvalidNextToken'
  }
  DescribeInstancePatches: {
    input: DescribeInstancePatchesRequest
    output: DescribeInstancePatchesResult
    error: 'InternalServerError' | 'InvalidInstanceId' | 'InvalidFilter' | 'InvalidNextToken'
  }
  DescribeInstanceProperties: {
    input: DescribeInstancePropertiesRequest
    output: DescribeInstancePropertiesResult
    error: 'InvalidNextToken' | 'InvalidFilterKey' | 'InvalidInstanceId' | 'InvalidActivationId' | 'InvalidInstancePropertyFilterValue' | 'InternalServerError' | 'InvalidDocument'
  }
  DescribeInventoryDeletions: {
    input: DescribeInventoryDeletionsRequest
    output: DescribeInventoryDeletionsResult
    error: 'InternalServerError' | 'InvalidDeletionIdException' | 'InvalidNextToken'
  }
  DescribeMaintenanceWindowExecutionTaskInvocations: {
    input: DescribeMaintenanceWindowExecutionTaskInvocationsRequest
    output: DescribeMaintenanceWindowExecutionTaskInvocationsResult
    error: 'DoesNotExistException' | 'InternalServerError'
  }
  DescribeMaintenanceWindowExecutionTasks: {
    input: DescribeMaintenanceWindowExecutionTasksRequest
    output: DescribeMaintenanceWindowExecutionTasksResult
    error: 'DoesNotExistException' | 'InternalServerError'
  }
  DescribeMaintenanceWindowExecutions: {
    input: DescribeMaintenanceWindowExecutionsRequest
    output: DescribeMaintenanceWindowExecutionsResult
    error: 'InternalServerError'
  }
  DescribeMaintenanceWindowSchedule: {
    input: DescribeMaintenanceWindowScheduleRequest
    output: DescribeMaintenanceWindowScheduleResult
    error: 'InternalServerError' | 'DoesNotExistException'
  }
  DescribeMaintenanceWindowTargets: {
    input: DescribeMaintenanceWindowTargetsRequest
    output: DescribeMaintenanceWindowTargetsResult
    error: 'DoesNotExistException' | 'InternalServerError'
  }
  DescribeMaintenanceWindowTasks: {
    input: DescribeMaintenanceWindowTasksRequest
    output: DescribeMaintenanceWindowTasksResult
    error: 'DoesNotExistException' | 'InternalServerError'
  }
  DescribeMaintenanceWindows: {
    input: DescribeMaintenanceWindowsRequest
    output: DescribeMaintenanceWindowsResult
    error: 'InternalServerError'
  }
  DescribeMaintenanceWindowsForTarget: {
    input: DescribeMaintenanceWindowsForTargetRequest
    output: DescribeMaintenanceWindowsForTargetResult
    error: 'InternalServerError'
  }
  DescribeOpsItems: {
    input: DescribeOpsItemsRequest
    output: DescribeOpsItemsResponse
    error: 'InternalServerError'
  }
  DescribeParameters: {
    input: DescribeParametersRequest
    output: DescribeParametersResult
    error: 'InternalServerError' | 'InvalidFilterKey' | 'InvalidFilterOption' | 'InvalidFilterValue' | 'InvalidNextToken'
  }
  DescribePatchBaselines: {
    input: DescribePatchBaselinesRequest
    output: DescribePatchBaselinesResult
    error: 'InternalServerError'
  }
  DescribePatchGroupState: {
    input: DescribePatchGroupStateRequest
    output: DescribePatchGroupStateResult
    error: 'InternalServerError' | 'InvalidNextToken'
  }
  DescribePatchGroups: {
    input: DescribePatchGroupsRequest
    output: DescribePatchGroupsResult
    error: 'InternalServerError'
  }
  DescribePatchProperties: {
    input: DescribePatchPropertiesRequest
    output: DescribePatchPropertiesResult
    error: 'InternalServerError'
  }
  DescribeSessions: {
    input: DescribeSessionsRequest
    output: DescribeSessionsResponse
    error: 'InternalServerError' | 'InvalidFilterKey' | 'InvalidNextToken'
  }
  DisassociateOpsItemRelatedItem: {
    input: DisassociateOpsItemRelatedItemRequest
    output: DisassociateOpsItemRelatedItemResponse
    error: 'InternalServerError' | 'OpsItemRelatedItemAssociationNotFoundException' | 'OpsItemNotFoundException' | 'OpsItemInvalidParameterException' | 'OpsItemConflictException'
  }
  GetAccessToken: {
    input: GetAccessTokenRequest
    output: GetAccessTokenResponse
    error: 'InternalServerError' | 'AccessDeniedException' | 'ResourceNotFoundException' | 'ThrottlingException' | 'ValidationException'
  }
  GetAutomationExecution: {
    input: GetAutomationExecutionRequest
    output: GetAutomationExecutionResult
    error: 'AutomationExecutionNotFoundException' | 'InternalServerError'
  }
  GetCalendarState: {
    input: GetCalendarStateRequest
    output: GetCalendarStateResponse
    error: 'InternalServerError' | 'InvalidDocument' | 'InvalidDocumentType' | 'UnsupportedCalendarException'
  }
  GetCloudConnector: {
    input: GetCloudConnectorRequest
    output: GetCloudConnectorResult
    error: 'InternalServerError' | 'ResourceNotFoundException'
  }
  GetCommandInvocation: {
    input: GetCommandInvocationRequest
    output: GetCommandInvocationResult
    error: 'InternalServerError' | 'InvalidCommandId' | 'InvalidInstanceId' | 'InvalidPluginName' | 'InvocationDoesNotExist'
  }
  GetConnectionStatus: {
    input: GetConnectionStatusRequest
    output: GetConnectionStatusResponse
    error: 'InternalServerError'
  }
  GetDefaultPatchBaseline: {
    input: GetDefaultPatchBaselineRequest
    output: GetDefaultPatchBaselineResult
    error: 'InternalServerError'
  }
  GetDeployablePatchSnapshotForInstance: {
    input: GetDeployablePatchSnapshotForInstanceRequest
    output: GetDeployablePatchSnapshotForInstanceResult
    error: 'InternalServerError' | 'UnsupportedOperatingSystem' | 'UnsupportedFeatureRequiredException'
  }
  GetDocument: {
    input: GetDocumentRequest
    output: GetDocumentResult
    error: 'InternalServerError' | 'InvalidDocument' | 'InvalidDocumentVersion'
  }
  GetExecutionPreview: {
    input: GetExecutionPreviewRequest
    output: GetExecutionPreviewResponse
    error: 'InternalServerError' | 'ResourceNotFoundException'
  }
  GetInventory: {
    input: GetInventoryRequest
    output: GetInventoryResult
    error: 'InternalServerError' | 'InvalidFilter' | 'InvalidInventoryGroupException' | 'InvalidNextToken' | 'InvalidTypeNameException' | 'InvalidAggregatorException' | 'InvalidResultAttributeException'
  }
  GetInventorySchema: {
    input: GetInventorySchemaRequest
    output: GetInventorySchemaResult
    error: 'InternalServerError' | 'InvalidTypeNameException' | 'InvalidNextToken'
  }
  GetMaintenanceWindow: {
    input: GetMaintenanceWindowRequest
    output: GetMaintenanceWindowResult
    error: 'DoesNotExistException' | 'InternalServerError'
  }
  GetMaintenanceWindowExecution: {
    input: GetMaintenanceWindowExecutionRequest
    output: GetMaintenanceWindowExecutionResult
    error: 'DoesNotExistException' | 'InternalServerError'
  }
  GetMaintenanceWindowExecutionTask: {
    input: GetMaintenanceWindowExecutionTaskRequest
    output: GetMaintenanceWindowExecutionTaskResult
    error: 'DoesNotExistException' | 'InternalServerError'
  }
  GetMaintenanceWindowExecutionTaskInvocation: {
    input: GetMaintenanceWindowExecutionTaskInvocationRequest
    output: GetMaintenanceWindowExecutionTaskInvocationResult
    error: 'DoesNotExistException' | 'InternalServerError'
  }
  GetMaintenanceWindowTask: {
    input: GetMaintenanceWindowTaskRequest
    output: GetMaintenanceWindowTaskResult
    error: 'DoesNotExistException' | 'InternalServerError'
  }
  GetOpsItem: {
    input: GetOpsItemRequest
    output: GetOpsItemResponse
    error: 'InternalServerError' | 'OpsItemNotFoundException' | 'OpsItemAccessDeniedException'
  }
  GetOpsMetadata: {
    input: GetOpsMetadataRequest
    output: GetOpsMetadataResult
    error: 'OpsMetadataNotFoundException' | 'OpsMetadataInvalidArgumentException' | 'InternalServerError'
  }
  GetOpsSummary: {
    input: GetOpsSummaryRequest
    output: GetOpsSummaryResult
    error: 'InternalServerError' | 'ResourceDataSyncNotFoundException' | 'InvalidFilter' | 'InvalidNextToken' | 'InvalidTypeNameException' | 'InvalidAggregatorException'
  }
  GetParameter: {
    input: GetParameterRequest
    output: GetParameterResult
    error: 'InternalServerError' | 'InvalidKeyId' | 'ParameterNotFound' | 'ParameterVersionNotFound'
  }
  GetParameterHistory: {
    input: GetParameterHistoryRequest
    output: GetParameterHistoryResult
    error: 'InternalServerError' | 'ParameterNotFound' | 'InvalidNextToken' | 'InvalidKeyId'
  }
  GetParameters: {
    input: GetParametersRequest
    output: GetParametersResult
    error: 'InvalidKeyId' | 'InternalServerError'
  }
  GetParametersByPath: {
    input: GetParametersByPathRequest
    output: GetParametersByPathResult
    error: 'InternalServerError' | 'InvalidFilterKey' | 'InvalidFilterOption' | 'InvalidFilterValue' | 'InvalidKeyId' | 'InvalidNextToken'
  }
  GetPatchBaseline: {
    input: GetPatchBaselineRequest
    output: GetPatchBaselineResult
    error: 'DoesNotExistException' | 'InvalidResourceId' | 'InternalServerError'
  }
  GetPatchBaselineForPatchGroup: {
    input: GetPatchBaselineForPatchGroupRequest
    output: GetPatchBaselineForPatchGroupResult
    error: 'InternalServerError'
  }
  GetResourcePolicies: {
    input: GetResourcePoliciesRequest
    output: GetResourcePoliciesResponse
    error: 'InternalServerError' | 'ResourcePolicyInvalidParameterException' | 'ResourceNotFoundException'
  }
  GetServiceSetting: {
    input: GetServiceSettingRequest
    output: GetServiceSettingResult
    error: 'InternalServerError' | 'ServiceSettingNotFound'
  }
  LabelParameterVersion: {
    input: LabelParameterVersionRequest
    output: LabelParameterVersionResult
    error: 'InternalServerError' | 'TooManyUpdates' | 'ParameterNotFound' | 'ParameterVersionNotFound' | 'ParameterVersionLabelLimitExceeded'
  }
  ListAssociationVersions: {
    input: ListAssociationVersionsRequest
    output: ListAssociationVersionsResult
    error: 'InternalServerError' | 'InvalidNextToken' | 'AssociationDoesNotExist'
  }
  ListAssociations: {
    input: ListAssociationsRequest
    output: ListAssociationsResult
    error: 'InternalServerError' | 'InvalidNextToken'
  }
  ListCloudConnectors: {
    input: ListCloudConnectorsRequest
    output: ListCloudConnectorsResult
    error: 'InternalServerError'
  }
  ListCommandInvocations: {
    input: ListCommandInvocationsRequest
    output: ListCommandInvocationsResult
    error: 'InternalServerError' | 'InvalidCommandId' | 'InvalidInstanceId' | 'InvalidFilterKey' | 'InvalidNextToken'
  }
  ListCommands: {
    input: ListCommandsRequest
    output: ListCommandsResult
    error: 'InternalServerError' | 'InvalidCommandId' | 'InvalidInstanceId' | 'InvalidFilterKey' | 'InvalidNextToken'
  }
  ListComplianceItems: {
    input: ListComplianceItemsRequest
    output: ListComplianceItemsResult
    error: 'InvalidResourceType' | 'InvalidResourceId' | 'InternalServerError' | 'InvalidFilter' | 'InvalidNextToken'
  }
  ListComplianceSummaries: {
    input: ListComplianceSummariesRequest
    output: ListComplianceSummariesResult
    error: 'InvalidFilter' | 'InvalidNextToken' | 'InternalServerError'
  }
  ListDocumentMetadataHistory: {
    input: ListDocumentMetadataHistoryRequest
    output: ListDocumentMetadataHistoryResponse
    error: 'InternalServerError' | 'InvalidDocument' | 'InvalidDocumentVersion' | 'InvalidNextToken'
  }
  ListDocumentVersions: {
    input: ListDocumentVersionsRequest
    output: ListDocumentVersionsResult
    error: 'InternalServerError' | 'InvalidNextToken' | 'InvalidDocument'
  }
  ListDocuments: {
    input: ListDocumentsRequest
    output: ListDocumentsResult
    error: 'InternalServerError' | 'InvalidNextToken' | 'InvalidFilterKey'
  }
  ListInventoryEntries: {
    input: ListInventoryEntriesRequest
    output: ListInventoryEntriesResult
    error: 'InternalServerError' | 'InvalidInstanceId' | 'InvalidTypeNameException' | 'InvalidFilter' | 'InvalidNextToken'
  }
  ListNodes: {
    input: ListNodesRequest
    output: ListNodesResult
    error: 'InternalServerError' | 'InvalidFilter' | 'InvalidNextToken' | 'ResourceDataSyncNotFoundException' | 'UnsupportedOperationException'
  }
  ListNodesSummary: {
    input: ListNodesSummaryRequest
    output: ListNodesSummaryResult
    error: 'InternalServerError' | 'InvalidAggregatorException' | 'InvalidFilter' | 'InvalidNextToken' | 'ResourceDataSyncNotFoundException' | 'UnsupportedOperationException'
  }
  ListOpsItemEvents: {
    input: ListOpsItemEventsRequest
    output: ListOpsItemEventsResponse
    error: 'InternalServerError' | 'OpsItemNotFoundException' | 'OpsItemLimitExceededException' | 'OpsItemInvalidParameterException'
  }
  ListOpsItemRelatedItems: {
    input: ListOpsItemRelatedItemsRequest
    output: ListOpsItemRelatedItemsResponse
    error: 'InternalServerError' | 'OpsItemInvalidParameterException'
  }
  ListOpsMetadata: {
    input: ListOpsMetadataRequest
    output: ListOpsMetadataResult
    error: 'OpsMetadataInvalidArgumentException' | 'InternalServerError'
  }
  ListResourceComplianceSummaries: {
    input: ListResourceComplianceSummariesRequest
    output: ListResourceComplianceSummariesResult
    error: 'InvalidFilter' | 'InvalidNextToken' | 'InternalServerError'
  }
  ListResourceDataSync: {
    input: ListResourceDataSyncRequest
    output: ListResourceDataSyncResult
    error: 'ResourceDataSyncInvalidConfigurationException' | 'InternalServerError' | 'InvalidNextToken'
  }
  ListTagsForResource: {
    input: ListTagsForResourceRequest
    output: ListTagsForResourceResult
    error: 'InvalidResourceType' | 'InvalidResourceId' | 'InternalServerError'
  }
  ModifyDocumentPermission: {
    input: ModifyDocumentPermissionRequest
    output: ModifyDocumentPermissionResponse
    error: 'InternalServerError' | 'InvalidDocument' | 'InvalidPermissionType' | 'DocumentPermissionLimit' | 'DocumentLimitExceeded'
  }
  PutComplianceItems: {
    input: PutComplianceItemsRequest
    output: PutComplianceItemsResult
    error: 'InternalServerError' | 'InvalidItemContentException' | 'TotalSizeLimitExceededException' | 'ItemSizeLimitExceededException' | 'ComplianceTypeCountLimitExceededException' | 'InvalidResourceType' | 'InvalidResourceId'
  }
  PutInventory: {
    input: PutInventoryRequest
    output: PutInventoryResult
    error: 'InternalServerError' | 'InvalidInstanceId' | 'InvalidTypeNameException' | 'InvalidItemContentException' | 'TotalSizeLimitExceededException' | 'ItemSizeLimitExceededException' | 'ItemContentMismatchException' | 'CustomSchemaCountLimitExceededException' | 'UnsupportedInventorySchemaVersionException' | 'UnsupportedInventoryItemContextException' | 'InvalidInventoryItemContextException' | 'SubTypeCountLimitExceededException'
  }
  PutParameter: {
    input: PutParameterRequest
    output: PutParameterResult
    error: 'InternalServerError' | 'InvalidKeyId' | 'ParameterLimitExceeded' | 'TooManyUpdates' | 'ParameterAlreadyExists' | 'HierarchyLevelLimitExceededException' | 'HierarchyTypeMismatchException' | 'InvalidAllowedPatternException' | 'ParameterMaxVersionLimitExceeded' | 'ParameterPatternMismatchException' | 'UnsupportedParameterType' | 'PoliciesLimitExceededException' | 'InvalidPolicyTypeException' | 'InvalidPolicyAttributeException' | 'IncompatiblePolicyException'
  }
  PutResourcePolicy: {
    input: PutResourcePolicyRequest
    output: PutResourcePolicyResponse
    error: 'InternalServerError' | 'ResourcePolicyInvalidParameterException' | 'ResourcePolicyLimitExceededException' | 'ResourcePolicyConflictException' | 'ResourceNotFoundException' | 'MalformedResourcePolicyDocumentException' | 'ResourcePolicyNotFoundException'
  }
  RegisterDefaultHostManagementConfiguration: {
    input: RegisterDefaultHostManagementConfigurationRequest
    output: RegisterDefaultHostManagementConfigurationResult
    error: 'InternalServerError'
  }
  RegisterDefaultPatchBaseline: {
    input: RegisterDefaultPatchBaselineRequest
    output: RegisterDefaultPatchBaselineResult
    error: 'InvalidResourceId' | 'DoesNotExistException' | 'InternalServerError'
  }
  RegisterPatchBaselineForPatchGroup: {
    input: RegisterPatchBaselineForPatchGroupRequest
    output: RegisterPatchBaselineForPatchGroupResult
    error: 'AlreadyExistsException' | 'DoesNotExistException' | 'InvalidResourceId' | 'ResourceLimitExceededException' | 'InternalServerError'
  }
  RegisterTargetWithMaintenanceWindow: {
    input: RegisterTargetWithMaintenanceWindowRequest
    output: RegisterTargetWithMaintenanceWindowResult
    error: 'IdempotentParameterMismatch' | 'DoesNotExistException' | 'ResourceLimitExceededException' | 'InternalServerError'
  }
  RegisterTaskWithMaintenanceWindow: {
    input: RegisterTaskWithMaintenanceWindowRequest
    output: RegisterTaskWithMaintenanceWindowResult
    error: 'IdempotentParameterMismatch' | 'DoesNotExistException' | 'ResourceLimitExceededException' | 'FeatureNotAvailableException' | 'InternalServerError'
  }
  RemoveTagsFromResource: {
    input: RemoveTagsFromResourceRequest
    output: RemoveTagsFromResourceResult
    error: 'InvalidResourceType' | 'InvalidResourceId' | 'InternalServerError' | 'TooManyUpdates'
  }
  ResetServiceSetting: {
    input: ResetServiceSettingRequest
    output: ResetServiceSettingResult
    error: 'InternalServerError' | 'ServiceSettingNotFound' | 'TooManyUpdates'
  }
  ResumeSession: {
    input: ResumeSessionRequest
    output: ResumeSessionResponse
    error: 'DoesNotExistException' | 'InternalServerError'
  }
  SendAutomationSignal: {
    input: SendAutomationSignalRequest
    output: SendAutomationSignalResult
    error: 'AutomationExecutionNotFoundException' | 'AutomationStepNotFoundException' | 'InvalidAutomationSignalException' | 'InternalServerError'
  }
  SendCommand: {
    input: SendCommandRequest
    output: SendCommandResult
    error: 'DuplicateInstanceId' | 'InternalServerError' | 'InvalidInstanceId' | 'InvalidDocument' | 'InvalidDocumentVersion' | 'InvalidOutputFolder' | 'InvalidParameters' | 'UnsupportedPlatformType' | 'MaxDocumentSizeExceeded' | 'InvalidRole' | 'InvalidNotificationConfig'
  }
  StartAccessRequest: {
    input: StartAccessRequestRequest
    output: StartAccessRequestResponse
    error: 'InternalServerError' | 'AccessDeniedException' | 'ResourceNotFoundException' | 'ServiceQuotaExceededException' | 'ThrottlingException' | 'ValidationException'
  }
  StartAssociationsOnce: {
    input: StartAssociationsOnceRequest
    output: StartAssociationsOnceResult
    error: 'InvalidAssociation' | 'AssociationDoesNotExist'
  }
  StartAutomationExecution: {
    input: StartAutomationExecutionRequest
    output: StartAutomationExecutionResult
    error: 'AutomationDefinitionNotFoundException' | 'InvalidAutomationExecutionParametersException' | 'AutomationExecutionLimitExceededException' | 'AutomationDefinitionVersionNotFoundException' | 'IdempotentParameterMismatch' | 'InvalidTarget' | 'InternalServerError'
  }
  StartChangeRequestExecution: {
    input: StartChangeRequestExecutionRequest
    output: StartChangeRequestExecutionResult
    error: 'AutomationDefinitionNotFoundException' | 'InvalidAutomationExecutionParametersException' | 'AutomationExecutionLimitExceededException' | 'AutomationDefinitionVersionNotFoundException' | 'IdempotentParameterMismatch' | 'InternalServerError' | 'AutomationDefinitionNotApprovedException' | 'NoLongerSupportedException'
  }
  StartExecutionPreview: {
    input: StartExecutionPreviewRequest
    output: StartExecutionPreviewResponse
    error: 'InternalServerError' | 'ValidationException'
  }
  StartSession: {
    input: StartSessionRequest
    output: StartSessionResponse
    error: 'InvalidDocument' | 'TargetNotConnected' | 'InternalServerError'
  }
  StopAutomationExecution: {
    input: StopAutomationExecutionRequest
    output: StopAutomationExecutionResult
    error: 'AutomationExecutionNotFoundException' | 'InvalidAutomationStatusUpdateException' | 'InternalServerError'
  }
  TerminateSession: {
    input: TerminateSessionRequest
    output: TerminateSessionResponse
    error: 'InternalServerError'
  }
  UnlabelParameterVersion: {
    input: UnlabelParameterVersionRequest
    output: UnlabelParameterVersionResult
    error: 'InternalServerError' | 'TooManyUpdates' | 'ParameterNotFound' | 'ParameterVersionNotFound'
  }
  UpdateAssociation: {
    input: UpdateAssociationRequest
    output: UpdateAssociationResult
    error: 'InternalServerError' | 'InvalidSchedule' | 'InvalidParameters' | 'InvalidOutputLocation' | 'InvalidDocumentVersion' | 'AssociationDoesNotExist' | 'InvalidUpdate' | 'TooManyUpdates' | 'InvalidDocument' | 'InvalidTarget' | 'InvalidAssociationVersion' | 'AssociationVersionLimitExceeded' | 'InvalidTargetMaps'
  }
  UpdateAssociationStatus: {
    input: UpdateAssociationStatusRequest
    output: UpdateAssociationStatusResult
    error: 'InternalServerError' | 'InvalidInstanceId' | 'InvalidDocument' | 'AssociationDoesNotExist' | 'StatusUnchanged' | 'TooManyUpdates'
  }
  UpdateCloudConnector: {
    input: UpdateCloudConnectorRequest
    output: UpdateCloudConnectorResult
    error: 'InternalServerError' | 'ResourceNotFoundException' | 'ConflictException'
  }
  UpdateDocument: {
    input: UpdateDocumentRequest
    output: UpdateDocumentResult
    error: 'MaxDocumentSizeExceeded' | 'DocumentVersionLimitExceeded' | 'InternalServerError' | 'DuplicateDocumentContent' | 'DuplicateDocumentVersionName' | 'InvalidDocumentContent' | 'InvalidDocumentVersion' | 'InvalidDocumentSchemaVersion' | 'InvalidDocument' | 'InvalidDocumentOperation'
  }
  UpdateDocumentDefaultVersion: {
    input: UpdateDocumentDefaultVersionRequest
    output: UpdateDocumentDefaultVersionResult
    error: 'InternalServerError' | 'InvalidDocument' | 'InvalidDocumentVersion' | 'InvalidDocumentSchemaVersion'
  }
  UpdateDocumentMetadata: {
    input: UpdateDocumentMetadataRequest
    output: UpdateDocumentMetadataResponse
    error: 'InternalServerError' | 'InvalidDocument' | 'InvalidDocumentOperation' | 'InvalidDocumentVersion' | 'TooManyUpdates'
  }
  UpdateMaintenanceWindow: {
    input: UpdateMaintenanceWindowRequest
    output: UpdateMaintenanceWindowResult
    error: 'DoesNotExistException' | 'InternalServerError'
  }
  UpdateMaintenanceWindowTarget: {
    input: UpdateMaintenanceWindowTargetRequest
    output: UpdateMaintenanceWindowTargetResult
    error: 'DoesNotExistException' | 'InternalServerError'
  }
  UpdateMaintenanceWindowTask: {
    input: UpdateMaintenanceWindowTaskRequest
    output: UpdateMaintenanceWindowTaskResult
    error: 'DoesNotExistException' | 'InternalServerError'
  }
  UpdateManagedInstanceRole: {
    input: UpdateManagedInstanceRoleRequest
    output: UpdateManagedInstanceRoleResult
    error: 'InvalidInstanceId' | 'InternalServerError'
  }
  UpdateOpsItem: {
    input: UpdateOpsItemRequest
    output: UpdateOpsItemResponse
    error: 'InternalServerError' | 'OpsItemNotFoundException' | 'OpsItemAlreadyExistsException' | 'OpsItemLimitExceededException' | 'OpsItemInvalidParameterException' | 'OpsItemAccessDeniedException' | 'OpsItemConflictException'
  }
  UpdateOpsMetadata: {
    input: UpdateOpsMetadataRequest
    output: UpdateOpsMetadataResult
    error: 'OpsMetadataNotFoundException' | 'OpsMetadataInvalidArgumentException' | 'OpsMetadataKeyLimitExceededException' | 'OpsMetadataTooManyUpdatesException' | 'InternalServerError'
  }
  UpdatePatchBaseline: {
    input: UpdatePatchBaselineRequest
    output: UpdatePatchBaselineResult
    error: 'DoesNotExistException' | 'InternalServerError'
  }
  UpdateResourceDataSync: {
    input: UpdateResourceDataSyncRequest
    output: UpdateResourceDataSyncResult
    error: 'ResourceDataSyncNotFoundException' | 'ResourceDataSyncInvalidConfigurationException' | 'ResourceDataSyncConflictException' | 'InternalServerError'
  }
  UpdateServiceSetting: {
    input: UpdateServiceSettingRequest
    output: UpdateServiceSettingResult
    error: 'InternalServerError' | 'ServiceSettingNotFound' | 'TooManyUpdates'
  }
  ValidateCloudConnector: {
    input: ValidateCloudConnectorRequest
    output: ValidateCloudConnectorResult
    error: 'InternalServerError' | 'ResourceNotFoundException'
  }
  CreateEnrolmentCommand: {
    input: CreateEnrolmentCommandRequest
    output: CreateEnrolmentCommandResult
    error: 'InvalidParameters' | 'InternalServerError'
  }
  CreateGroup: {
    input: CreateGroupRequest
    output: CreateGroupResult
    error: 'BadRequestException' | 'InternalServerError'
  }
  DeleteGroup: {
    input: DeleteGroupRequest
    output: DeleteGroupResult
    error: 'BadRequestException' | 'InternalServerError' | 'NotFoundException'
  }
  DescribeNodeIdentities: {
    input: DescribeNodeIdentitiesRequest
    output: DescribeNodeIdentitiesResult
    error: 'InternalServerError' | 'InvalidNextToken'
  }
  Explain: {
    input: ExplainRequest
    output: ExplainResult
    error: 'InternalServerError' | 'InvalidCommandId' | 'InvalidParameters' | 'InvocationDoesNotExist'
  }
  GetGroup: {
    input: GetGroupRequest
    output: GetGroupResult
    error: 'BadRequestException' | 'InternalServerError' | 'NotFoundException'
  }
  GetOutput: {
    input: GetOutputRequest
    output: GetOutputResult
    error: 'InternalServerError' | 'InvalidCommandId' | 'InvalidInstanceId' | 'InvalidPluginName' | 'InvocationDoesNotExist'
  }
  GetRunProof: {
    input: GetRunProofRequest
    output: GetRunProofResult
    error: 'InternalServerError' | 'InvalidCommandId' | 'InvocationDoesNotExist'
  }
  ListGroups: {
    input: ListGroupsRequest
    output: ListGroupsResult
    error: 'BadRequestException' | 'InternalServerError'
  }
  QueryResources: {
    input: QueryResourcesRequest
    output: QueryResourcesResult
    error: 'InternalServerError' | 'InvalidFilter'
  }
  ReleaseNode: {
    input: ReleaseNodeRequest
    output: ReleaseNodeResult
    error: 'InternalServerError' | 'InvalidInstanceId' | 'InvalidParameters'
  }
  RotateNodeKey: {
    input: RotateNodeKeyRequest
    output: RotateNodeKeyResult
    error: 'InternalServerError' | 'InvalidInstanceId'
  }
  UpdateGroup: {
    input: UpdateGroupRequest
    output: UpdateGroupResult
    error: 'BadRequestException' | 'InternalServerError' | 'NotFoundException'
  }
  WatchChanges: {
    input: WatchChangesRequest
    output: WatchChangesResult
    error: 'InternalServerError'
  }
  AddUserToGroup: {
    input: AddUserToGroupRequest
    output: AddUserToGroupResult
    error: 'InternalServerError' | 'LimitExceeded' | 'NoSuchEntity'
  }
  AssumeRole: {
    input: AssumeRoleRequest
    output: AssumeRoleResult
    error: 'InternalServerError' | 'MalformedPolicyDocument'
  }
  AttachGroupPolicy: {
    input: AttachGroupPolicyRequest
    output: AttachGroupPolicyResult
    error: 'InternalServerError' | 'LimitExceeded' | 'NoSuchEntity'
  }
  AttachRolePolicy: {
    input: AttachRolePolicyRequest
    output: AttachRolePolicyResult
    error: 'InternalServerError' | 'LimitExceeded' | 'NoSuchEntity'
  }
  AttachUserPolicy: {
    input: AttachUserPolicyRequest
    output: AttachUserPolicyResult
    error: 'InternalServerError' | 'LimitExceeded' | 'NoSuchEntity'
  }
  CreateAccessKey: {
    input: CreateAccessKeyRequest
    output: CreateAccessKeyResult
    error: 'InternalServerError' | 'InvalidInput' | 'LimitExceeded' | 'NoSuchEntity'
  }
  CreateNodeCredentials: {
    input: CreateNodeCredentialsRequest
    output: CreateNodeCredentialsResult
    error: 'InternalServerError'
  }
  CreatePolicy: {
    input: CreatePolicyRequest
    output: CreatePolicyResult
    error: 'EntityAlreadyExists' | 'InternalServerError' | 'InvalidInput' | 'LimitExceeded' | 'MalformedPolicyDocument'
  }
  CreatePolicyVersion: {
    input: CreatePolicyVersionRequest
    output: CreatePolicyVersionResult
    error: 'InternalServerError' | 'InvalidInput' | 'LimitExceeded' | 'MalformedPolicyDocument' | 'NoSuchEntity'
  }
  CreateRole: {
    input: CreateRoleRequest
    output: CreateRoleResult
    error: 'EntityAlreadyExists' | 'InternalServerError' | 'InvalidInput' | 'LimitExceeded' | 'MalformedPolicyDocument'
  }
  CreateUser: {
    input: CreateUserRequest
    output: CreateUserResult
    error: 'EntityAlreadyExists' | 'InternalServerError' | 'InvalidInput' | 'LimitExceeded'
  }
  CreateUserGroup: {
    input: CreateUserGroupRequest
    output: CreateUserGroupResult
    error: 'EntityAlreadyExists' | 'InternalServerError' | 'LimitExceeded'
  }
  DeleteAccessKey: {
    input: DeleteAccessKeyRequest
    output: DeleteAccessKeyResult
    error: 'InternalServerError' | 'InvalidInput' | 'NoSuchEntity'
  }
  DeleteGroupPolicy: {
    input: DeleteGroupPolicyRequest
    output: DeleteGroupPolicyResult
    error: 'InternalServerError' | 'NoSuchEntity'
  }
  DeletePolicy: {
    input: DeletePolicyRequest
    output: DeletePolicyResult
    error: 'DeleteConflict' | 'InternalServerError' | 'InvalidInput' | 'NoSuchEntity'
  }
  DeletePolicyVersion: {
    input: DeletePolicyVersionRequest
    output: DeletePolicyVersionResult
    error: 'DeleteConflict' | 'InternalServerError' | 'InvalidInput' | 'NoSuchEntity'
  }
  DeleteRole: {
    input: DeleteRoleRequest
    output: DeleteRoleResult
    error: 'DeleteConflict' | 'InternalServerError' | 'NoSuchEntity' | 'UnmodifiableEntity'
  }
  DeleteRolePolicy: {
    input: DeleteRolePolicyRequest
    output: DeleteRolePolicyResult
    error: 'InternalServerError' | 'NoSuchEntity'
  }
  DeleteUser: {
    input: DeleteUserRequest
    output: DeleteUserResult
    error: 'DeleteConflict' | 'InternalServerError' | 'NoSuchEntity'
  }
  DeleteUserGroup: {
    input: DeleteUserGroupRequest
    output: DeleteUserGroupResult
    error: 'DeleteConflict' | 'InternalServerError' | 'NoSuchEntity'
  }
  DeleteUserPolicy: {
    input: DeleteUserPolicyRequest
    output: DeleteUserPolicyResult
    error: 'InternalServerError' | 'NoSuchEntity'
  }
  DetachGroupPolicy: {
    input: DetachGroupPolicyRequest
    output: DetachGroupPolicyResult
    error: 'InternalServerError' | 'NoSuchEntity'
  }
  DetachRolePolicy: {
    input: DetachRolePolicyRequest
    output: DetachRolePolicyResult
    error: 'InternalServerError' | 'NoSuchEntity'
  }
  DetachUserPolicy: {
    input: DetachUserPolicyRequest
    output: DetachUserPolicyResult
    error: 'InternalServerError' | 'NoSuchEntity'
  }
  GetAccessKeyInfo: {
    input: GetAccessKeyInfoRequest
    output: GetAccessKeyInfoResult
    error: 'InternalServerError' | 'NoSuchEntity'
  }
  GetAccessKeyLastUsed: {
    input: GetAccessKeyLastUsedRequest
    output: GetAccessKeyLastUsedResult
    error: 'InternalServerError' | 'NoSuchEntity'
  }
  GetCallerIdentity: {
    input: GetCallerIdentityRequest
    output: GetCallerIdentityResult
    error: 'InternalServerError'
  }
  GetGroupPolicy: {
    input: GetGroupPolicyRequest
    output: GetGroupPolicyResult
    error: 'InternalServerError' | 'NoSuchEntity'
  }
  GetPolicy: {
    input: GetPolicyRequest
    output: GetPolicyResult
    error: 'InternalServerError' | 'NoSuchEntity'
  }
  GetPolicyVersion: {
    input: GetPolicyVersionRequest
    output: GetPolicyVersionResult
    error: 'InternalServerError' | 'NoSuchEntity'
  }
  GetRole: {
    input: GetRoleRequest
    output: GetRoleResult
    error: 'InternalServerError' | 'NoSuchEntity'
  }
  GetRolePolicy: {
    input: GetRolePolicyRequest
    output: GetRolePolicyResult
    error: 'InternalServerError' | 'NoSuchEntity'
  }
  GetSessionToken: {
    input: GetSessionTokenRequest
    output: GetSessionTokenResult
    error: 'InternalServerError'
  }
  GetUser: {
    input: GetUserRequest
    output: GetUserResult
    error: 'InternalServerError' | 'NoSuchEntity'
  }
  GetUserGroup: {
    input: GetUserGroupRequest
    output: GetUserGroupResult
    error: 'InternalServerError' | 'NoSuchEntity'
  }
  GetUserPolicy: {
    input: GetUserPolicyRequest
    output: GetUserPolicyResult
    error: 'InternalServerError' | 'NoSuchEntity'
  }
  ListAccessKeys: {
    input: ListAccessKeysRequest
    output: ListAccessKeysResult
    error: 'InternalServerError' | 'InvalidInput' | 'NoSuchEntity'
  }
  ListAttachedGroupPolicies: {
    input: ListAttachedGroupPoliciesRequest
    output: ListAttachedGroupPoliciesResult
    error: 'InternalServerError' | 'NoSuchEntity'
  }
  ListAttachedRolePolicies: {
    input: ListAttachedRolePoliciesRequest
    output: ListAttachedRolePoliciesResult
    error: 'InternalServerError' | 'NoSuchEntity'
  }
  ListAttachedUserPolicies: {
    input: ListAttachedUserPoliciesRequest
    output: ListAttachedUserPoliciesResult
    error: 'InternalServerError' | 'NoSuchEntity'
  }
  ListEntitiesForPolicy: {
    input: ListEntitiesForPolicyRequest
    output: ListEntitiesForPolicyResult
    error: 'InternalServerError' | 'NoSuchEntity'
  }
  ListGroupPolicies: {
    input: ListGroupPoliciesRequest
    output: ListGroupPoliciesResult
    error: 'InternalServerError' | 'NoSuchEntity'
  }
  ListGroupsForUser: {
    input: ListGroupsForUserRequest
    output: ListGroupsForUserResult
    error: 'InternalServerError' | 'NoSuchEntity'
  }
  ListPolicies: {
    input: ListPoliciesRequest
    output: ListPoliciesResult
    error: 'InternalServerError'
  }
  ListPolicyVersions: {
    input: ListPolicyVersionsRequest
    output: ListPolicyVersionsResult
    error: 'InternalServerError' | 'NoSuchEntity'
  }
  ListRolePolicies: {
    input: ListRolePoliciesRequest
    output: ListRolePoliciesResult
    error: 'InternalServerError' | 'NoSuchEntity'
  }
  ListRoleTags: {
    input: ListRoleTagsRequest
    output: ListRoleTagsResult
    error: 'InternalServerError' | 'NoSuchEntity'
  }
  ListRoles: {
    input: ListRolesRequest
    output: ListRolesResult
    error: 'InternalServerError'
  }
  ListUserGroups: {
    input: ListUserGroupsRequest
    output: ListUserGroupsResult
    error: 'InternalServerError'
  }
  ListUserPolicies: {
    input: ListUserPoliciesRequest
    output: ListUserPoliciesResult
    error: 'InternalServerError' | 'NoSuchEntity'
  }
  ListUserTags: {
    input: ListUserTagsRequest
    output: ListUserTagsResult
    error: 'InternalServerError' | 'NoSuchEntity'
  }
  ListUsers: {
    input: ListUsersRequest
    output: ListUsersResult
    error: 'InternalServerError'
  }
  PutGroupPolicy: {
    input: PutGroupPolicyRequest
    output: PutGroupPolicyResult
    error: 'InternalServerError' | 'LimitExceeded' | 'MalformedPolicyDocument' | 'NoSuchEntity'
  }
  PutRolePolicy: {
    input: PutRolePolicyRequest
    output: PutRolePolicyResult
    error: 'InternalServerError' | 'LimitExceeded' | 'MalformedPolicyDocument' | 'NoSuchEntity'
  }
  PutUserPolicy: {
    input: PutUserPolicyRequest
    output: PutUserPolicyResult
    error: 'InternalServerError' | 'LimitExceeded' | 'MalformedPolicyDocument' | 'NoSuchEntity'
  }
  RemoveUserFromGroup: {
    input: RemoveUserFromGroupRequest
    output: RemoveUserFromGroupResult
    error: 'InternalServerError' | 'NoSuchEntity'
  }
  SetDefaultPolicyVersion: {
    input: SetDefaultPolicyVersionRequest
    output: SetDefaultPolicyVersionResult
    error: 'InternalServerError' | 'InvalidInput' | 'NoSuchEntity'
  }
  SimulateCustomPolicy: {
    input: SimulateCustomPolicyRequest
    output: SimulatePolicyResult
    error: 'InternalServerError' | 'InvalidInput'
  }
  SimulatePrincipalPolicy: {
    input: SimulatePrincipalPolicyRequest
    output: SimulatePolicyResult
    error: 'InternalServerError' | 'InvalidInput' | 'NoSuchEntity'
  }
  TagRole: {
    input: TagRoleRequest
    output: TagRoleResult
    error: 'InternalServerError' | 'InvalidInput' | 'LimitExceeded' | 'NoSuchEntity'
  }
  TagUser: {
    input: TagUserRequest
    output: TagUserResult
    error: 'InternalServerError' | 'InvalidInput' | 'LimitExceeded' | 'NoSuchEntity'
  }
  UntagRole: {
    input: UntagRoleRequest
    output: UntagRoleResult
    error: 'InternalServerError' | 'NoSuchEntity'
  }
  UntagUser: {
    input: UntagUserRequest
    output: UntagUserResult
    error: 'InternalServerError' | 'NoSuchEntity'
  }
  UpdateAccessKey: {
    input: UpdateAccessKeyRequest
    output: UpdateAccessKeyResult
    error: 'InternalServerError' | 'InvalidInput' | 'NoSuchEntity'
  }
  UpdateAssumeRolePolicy: {
    input: UpdateAssumeRolePolicyRequest
    output: UpdateAssumeRolePolicyResult
    error: 'InternalServerError' | 'LimitExceeded' | 'MalformedPolicyDocument' | 'NoSuchEntity'
  }
  UpdateRole: {
    input: UpdateRoleRequest
    output: UpdateRoleResult
    error: 'InternalServerError' | 'NoSuchEntity'
  }
  UpdateUser: {
    input: UpdateUserRequest
    output: UpdateUserResult
    error: 'EntityAlreadyExists' | 'InternalServerError' | 'NoSuchEntity'
  }
  ChangePassword: {
    input: ChangePasswordRequest
    output: ChangePasswordResult
    error: 'InternalServerError' | 'InvalidUserType' | 'NoSuchEntity' | 'PasswordPolicyViolation' | 'SignInRefused'
  }
  CreateLoginProfile: {
    input: CreateLoginProfileRequest
    output: CreateLoginProfileResult
    error: 'EntityAlreadyExists' | 'InternalServerError' | 'NoSuchEntity' | 'PasswordPolicyViolation'
  }
  CreateVirtualMFADevice: {
    input: CreateVirtualMFADeviceRequest
    output: CreateVirtualMFADeviceResult
    error: 'EntityAlreadyExists' | 'InternalServerError' | 'LimitExceeded'
  }
  DeactivateMFADevice: {
    input: DeactivateMFADeviceRequest
    output: DeactivateMFADeviceResult
    error: 'InternalServerError' | 'NoSuchEntity'
  }
  DeleteLoginProfile: {
    input: DeleteLoginProfileRequest
    output: DeleteLoginProfileResult
    error: 'InternalServerError' | 'NoSuchEntity'
  }
  DeleteVirtualMFADevice: {
    input: DeleteVirtualMFADeviceRequest
    output: DeleteVirtualMFADeviceResult
    error: 'DeleteConflict' | 'InternalServerError' | 'NoSuchEntity'
  }
  EnableMFADevice: {
    input: EnableMFADeviceRequest
    output: EnableMFADeviceResult
    error: 'EntityAlreadyExists' | 'InternalServerError' | 'InvalidAuthenticationCode' | 'LimitExceeded' | 'NoSuchEntity'
  }
  GetLoginProfile: {
    input: GetLoginProfileRequest
    output: GetLoginProfileResult
    error: 'InternalServerError' | 'NoSuchEntity'
  }
  ListAuditEvents: {
    input: ListAuditEventsRequest
    output: ListAuditEventsResult
    error: 'InternalServerError' | 'InvalidNextToken' | 'InvalidParameters'
  }
  ListMFADevices: {
    input: ListMFADevicesRequest
    output: ListMFADevicesResult
    error: 'InternalServerError' | 'NoSuchEntity'
  }
  ListSignIns: {
    input: ListSignInsRequest
    output: ListSignInsResult
    error: 'InternalServerError' | 'NoSuchEntity'
  }
  RevokeSignIns: {
    input: RevokeSignInsRequest
    output: RevokeSignInsResult
    error: 'InternalServerError' | 'NoSuchEntity'
  }
  SignIn: {
    input: SignInRequest
    output: SignInResult
    error: 'InternalServerError' | 'SignInRefused'
  }
  SignOut: {
    input: SignOutRequest
    output: SignOutResult
    error: 'InternalServerError' | 'InvalidInput'
  }
  UpdateLoginProfile: {
    input: UpdateLoginProfileRequest
    output: UpdateLoginProfileResult
    error: 'InternalServerError' | 'NoSuchEntity' | 'PasswordPolicyViolation'
  }
  VerifyAudit: {
    input: VerifyAuditRequest
    output: VerifyAuditResult
    error: 'InternalServerError' | 'InvalidNextToken' | 'InvalidParameters'
  }
  CancelKeyDeletion: {
    input: CancelKeyDeletionRequest
    output: CancelKeyDeletionResult
    error: 'InternalServerError' | 'KMSInvalidStateException' | 'NotFoundException'
  }
  CreateAlias: {
    input: CreateAliasRequest
    output: CreateAliasResult
    error: 'AlreadyExistsException' | 'InternalServerError' | 'InvalidAliasNameException' | 'KMSInvalidStateException' | 'LimitExceededException' | 'NotFoundException'
  }
  CreateKey: {
    input: CreateKeyRequest
    output: CreateKeyResult
    error: 'InternalServerError' | 'LimitExceededException' | 'TagException'
  }
  DeleteAlias: {
    input: DeleteAliasRequest
    output: DeleteAliasResult
    error: 'InternalServerError' | 'InvalidAliasNameException' | 'NotFoundException'
  }
  DescribeKey: {
    input: DescribeKeyRequest
    output: DescribeKeyResult
    error: 'InternalServerError' | 'NotFoundException'
  }
  DisableKey: {
    input: DisableKeyRequest
    output: DisableKeyResult
    error: 'InternalServerError' | 'KMSInvalidStateException' | 'NotFoundException'
  }
  DisableKeyRotation: {
    input: DisableKeyRotationRequest
    output: DisableKeyRotationResult
    error: 'DisabledException' | 'InternalServerError' | 'KMSInvalidStateException' | 'NotFoundException'
  }
  EnableKey: {
    input: EnableKeyRequest
    output: EnableKeyResult
    error: 'InternalServerError' | 'KMSInvalidStateException' | 'NotFoundException'
  }
  EnableKeyRotation: {
    input: EnableKeyRotationRequest
    output: EnableKeyRotationResult
    error: 'DisabledException' | 'InternalServerError' | 'KMSInvalidStateException' | 'NotFoundException'
  }
  GetKeyRotationStatus: {
    input: GetKeyRotationStatusRequest
    output: GetKeyRotationStatusResult
    error: 'InternalServerError' | 'NotFoundException'
  }
  ListAliases: {
    input: ListAliasesRequest
    output: ListAliasesResult
    error: 'InternalServerError' | 'InvalidMarkerException' | 'NotFoundException'
  }
  ListKeyRotations: {
    input: ListKeyRotationsRequest
    output: ListKeyRotationsResult
    error: 'InternalServerError' | 'InvalidMarkerException' | 'NotFoundException'
  }
  ListKeys: {
    input: ListKeysRequest
    output: ListKeysResult
    error: 'InternalServerError' | 'InvalidMarkerException'
  }
  ListResourceTags: {
    input: ListResourceTagsRequest
    output: ListResourceTagsResult
    error: 'InternalServerError' | 'NotFoundException'
  }
  RotateKeyOnDemand: {
    input: RotateKeyOnDemandRequest
    output: RotateKeyOnDemandResult
    error: 'DisabledException' | 'InternalServerError' | 'KMSInvalidStateException' | 'NotFoundException'
  }
  ScheduleKeyDeletion: {
    input: ScheduleKeyDeletionRequest
    output: ScheduleKeyDeletionResult
    error: 'InternalServerError' | 'KMSInvalidStateException' | 'NotFoundException'
  }
  TagResource: {
    input: TagResourceRequest
    output: TagResourceResult
    error: 'InternalServerError' | 'KMSInvalidStateException' | 'LimitExceededException' | 'NotFoundException' | 'TagException'
  }
  UntagResource: {
    input: UntagResourceRequest
    output: UntagResourceResult
    error: 'InternalServerError' | 'KMSInvalidStateException' | 'NotFoundException'
  }
  UpdateAlias: {
    input: UpdateAliasRequest
    output: UpdateAliasResult
    error: 'InternalServerError' | 'InvalidAliasNameException' | 'KMSInvalidStateException' | 'LimitExceededException' | 'NotFoundException'
  }
  UpdateKeyDescription: {
    input: UpdateKeyDescriptionRequest
    output: UpdateKeyDescriptionResult
    error: 'InternalServerError' | 'KMSInvalidStateException' | 'NotFoundException'
  }
}

/** The bare name of an operation of either model. */
export type OperationName = keyof Operations

export interface AccessDeniedException {
  Message: string
}

export interface AccessKey {
  UserName: string
  AccessKeyId: string
  Status: AccessKeyStatus
  SecretAccessKey: string
  CreateDate?: number | undefined
}

export interface AccessKeyLastUsed {
  LastUsedDate?: number | undefined
  ServiceName: string
  Region: string
}

export interface AccessKeyMetadata {
  UserName?: string | undefined
  AccessKeyId?: string | undefined
  Status?: AccessKeyStatus | undefined
  CreateDate?: number | undefined
}

export type AccessKeyStatus = 'Active' | 'Inactive'

export type AccessRequestStatus = 'Approved' | 'Rejected' | 'Revoked' | 'Expired' | 'Pending'

export type AccessType = 'Standard' | 'JustInTime'

export interface AccountSharingInfo {
  AccountId?: string | undefined
  SharedDocumentVersion?: string | undefined
}

export interface Activation {
  ActivationId?: string | undefined
  Description?: string | undefined
  DefaultInstanceName?: string | undefined
  IamRole?: string | undefined
  RegistrationLimit?: number | undefined
  RegistrationsCount?: number | undefined
  ExpirationDate?: number | undefined
  Expired?: boolean | undefined
  CreatedDate?: number | undefined
  Tags?: Tag[] | undefined
}

export interface AddTagsToResourceRequest {
  ResourceType: ResourceTypeForTagging
  ResourceId: string
  Tags: Tag[]
}

export type AddTagsToResourceResult = Record<string, never>

export interface AddUserToGroupRequest {
  GroupName: string
  UserName: string
}

export type AddUserToGroupResult = Record<string, never>

export interface Alarm {
  Name: string
}

export interface AlarmConfiguration {
  IgnorePollAlarmFailure?: boolean | undefined
  Alarms: Alarm[]
}

export interface AlarmStateInformation {
  Name: string
  State: ExternalAlarmState
}

export interface AlreadyExistsException {
  Message?: string | undefined
}

export interface AssociateOpsItemRelatedItemRequest {
  OpsItemId: string
  AssociationType: string
  ResourceType: string
  ResourceUri: string
}

export interface AssociateOpsItemRelatedItemResponse {
  AssociationId?: string | undefined
}

export type AssociatedInstances = Record<string, never>

export interface Association {
  Name?: string | undefined
  InstanceId?: string | undefined
  AssociationId?: string | undefined
  AssociationVersion?: string | undefined
  DocumentVersion?: string | undefined
  Targets?: Target[] | undefined
  LastExecutionDate?: number | undefined
  Overview?: AssociationOverview | undefined
  ScheduleExpression?: string | undefined
  AssociationName?: string | undefined
  ScheduleOffset?: number | undefined
  Duration?: number | undefined
  TargetMaps?: Array<Record<string, string[]>> | undefined
}

export type AssociationAlreadyExists = Record<string, never>

export type AssociationComplianceSeverity = 'CRITICAL' | 'HIGH' | 'MEDIUM' | 'LOW' | 'UNSPECIFIED'

export interface AssociationDescription {
  Name?: string | undefined
  InstanceId?: string | undefined
  AssociationVersion?: string | undefined
  Date?: number | undefined
  LastUpdateAssociationDate?: number | undefined
  Status?: AssociationStatus | undefined
  Overview?: AssociationOverview | undefined
  DocumentVersion?: string | undefined
  AutomationTargetParameterName?: string | undefined
  Parameters?: Record<string, string[]> | undefined
  AssociationId?: string | undefined
  Targets?: Target[] | undefined
  ScheduleExpression?: string | undefined
  OutputLocation?: InstanceAssociationOutputLocation | undefined
  LastExecutionDate?: number | undefined
  LastSuccessfulExecutionDate?: number | undefined
  AssociationName?: string | undefined
  MaxErrors?: string | undefined
  MaxConcurrency?: string | undefined
  ComplianceSeverity?: AssociationComplianceSeverity | undefined
  SyncCompliance?: AssociationSyncCompliance | undefined
  ApplyOnlyAtCronInterval?: boolean | undefined
  CalendarNames?: string[] | undefined
  TargetLocations?: TargetLocation[] | undefined
  ScheduleOffset?: number | undefined
  Duration?: number | undefined
  TargetMaps?: Array<Record<string, string[]>> | undefined
  AlarmConfiguration?: AlarmConfiguration | undefined
  TriggeredAlarms?: AlarmStateInformation[] | undefined
  AssociationDispatchAssumeRole?: string | undefined
}

export interface AssociationDoesNotExist {
  Message?: string | undefined
}

export interface AssociationExecution {
  AssociationId?: string | undefined
  AssociationVersion?: string | undefined
  ExecutionId?: string | undefined
  Status?: string | undefined
  DetailedStatus?: string | undefined
  CreatedTime?: number | undefined
  LastExecutionDate?: number | undefined
  ResourceCountByStatus?: string | undefined
  AlarmConfiguration?: AlarmConfiguration | undefined
  TriggeredAlarms?: AlarmStateInformation[] | undefined
}

export interface AssociationExecutionDoesNotExist {
  Message?: string | undefined
}

export interface AssociationExecutionFilter {
  Key: AssociationExecutionFilterKey
  Value: string
  Type: AssociationFilterOperatorType
}

export type AssociationExecutionFilterKey = 'ExecutionId' | 'Status' | 'CreatedTime'

export interface AssociationExecutionTarget {
  AssociationId?: string | undefined
  AssociationVersion?: string | undefined
  ExecutionId?: string | undefined
  ResourceId?: string | undefined
  ResourceType?: string | undefined
  Status?: string | undefined
  DetailedStatus?: string | undefined
  LastExecutionDate?: number | undefined
  OutputSource?: OutputSource | undefined
}

export interface AssociationExecutionTargetsFilter {
  Key: AssociationExecutionTargetsFilterKey
  Value: string
}

export type AssociationExecutionTargetsFilterKey = 'Status' | 'ResourceId' | 'ResourceType'

export interface AssociationFilter {
  key: AssociationFilterKey
  value: string
}

export type AssociationFilterKey = 'InstanceId' | 'Name' | 'AssociationId' | 'AssociationStatusName' | 'LastExecutedBefore' | 'LastExecutedAfter' | 'AssociationName' | 'ResourceGroupName' | 'CloudConnectorId'

export type AssociationFilterOperatorType = 'EQUAL' | 'LESS_THAN' | 'GREATER_THAN'

export type AssociationLimitExceeded = Record<string, never>

export interface AssociationOverview {
  Status?: string | undefined
  DetailedStatus?: string | undefined
  AssociationStatusAggregatedCount?: Record<string, number> | undefined
}

export interface AssociationStatus {
  Date: number
  Name: AssociationStatusName
  Message: string
  AdditionalInfo?: string | undefined
}

export type AssociationStatusName = 'Pending' | 'Success' | 'Failed'

export type AssociationSyncCompliance = 'AUTO' | 'MANUAL'

export interface AssociationVersionInfo {
  AssociationId?: string | undefined
  AssociationVersion?: string | undefined
  CreatedDate?: number | undefined
  Name?: string | undefined
  DocumentVersion?: string | undefined
  Parameters?: Record<string, string[]> | undefined
  Targets?: Target[] | undefined
  ScheduleExpression?: string | undefined
  OutputLocation?: InstanceAssociationOutputLocation | undefined
  AssociationName?: string | undefined
  MaxErrors?: string | undefined
  MaxConcurrency?: string | undefined
  ComplianceSeverity?: AssociationComplianceSeverity | undefined
  SyncCompliance?: AssociationSyncCompliance | undefined
  ApplyOnlyAtCronInterval?: boolean | undefined
  CalendarNames?: string[] | undefined
  TargetLocations?: TargetLocation[] | undefined
  ScheduleOffset?: number | undefined
  Duration?: number | undefined
  TargetMaps?: Array<Record<string, string[]>> | undefined
  AssociationDispatchAssumeRole?: string | undefined
}

export interface AssociationVersionLimitExceeded {
  Message?: string | undefined
}

export interface AssumeRoleRequest {
  RoleArn: string
  RoleSessionName: string
  PolicyArns?: SessionPolicyArn[] | undefined
  Policy?: string | undefined
  DurationSeconds?: number | undefined
  Tags?: Tag[] | undefined
  TransitiveTagKeys?: string[] | undefined
  ExternalId?: string | undefined
  SerialNumber?: string | undefined
  TokenCode?: string | undefined
  SourceIdentity?: string | undefined
}

export interface AssumeRoleResult {
  Credentials: TemporaryCredentials
  AssumedRoleUser: AssumedRoleUser
  PackedPolicySize?: number | undefined
}

export interface AssumedRoleUser {
  AssumedRoleId: string
  Arn: string
}

export interface AttachGroupPolicyRequest {
  GroupName: string
  PolicyArn: string
}

export type AttachGroupPolicyResult = Record<string, never>

export interface AttachRolePolicyRequest {
  RoleName: string
  PolicyArn: string
}

export type AttachRolePolicyResult = Record<string, never>

export interface AttachUserPolicyRequest {
  UserName: string
  PolicyArn: string
}

export type AttachUserPolicyResult = Record<string, never>

export interface AttachedPolicy {
  PolicyName?: string | undefined
  PolicyArn?: string | undefined
}

export interface AttachmentContent {
  Name?: string | undefined
  Size?: number | undefined
  Hash?: string | undefined
  HashType?: AttachmentHashType | undefined
  Url?: string | undefined
}

export type AttachmentHashType = 'Sha256'

export interface AttachmentInformation {
  Name?: string | undefined
}

export interface AttachmentsSource {
  Key?: AttachmentsSourceKey | undefined
  Values?: string[] | undefined
  Name?: string | undefined
}

export type AttachmentsSourceKey = 'SourceUrl' | 'S3FileUrl' | 'AttachmentReference'

export type AuditDecision = 'Allowed' | 'Denied'

export interface AuditEvent {
  EventId: number
  Sequence?: number | undefined
  Time: number
  PrincipalId: string
  PrincipalArn: string
  Session?: string | undefined
  SourceAddress: string
  Operation: string
  Action: string
  Resources: string[]
  ParametersMac?: string | undefined
  Decision: AuditDecision
  Result: string
  RequestId: string
  Why?: string | undefined
  Hash?: string | undefined
}

export interface AuditProblem {
  Sequence: number
  Kind: AuditProblemKind
  Sentence: string
}

export type AuditProblemKind = 'Altered' | 'Missing' | 'Inserted' | 'Reordered' | 'CheckpointMismatch'

export interface AutomationDefinitionNotApprovedException {
  Message?: string | undefined
}

export interface AutomationDefinitionNotFoundException {
  Message?: string | undefined
}

export interface AutomationDefinitionVersionNotFoundException {
  Message?: string | undefined
}

export interface AutomationExecution {
  AutomationExecutionId?: string | undefined
  DocumentName?: string | undefined
  DocumentVersion?: string | undefined
  ExecutionStartTime?: number | undefined
  ExecutionEndTime?: number | undefined
  AutomationExecutionStatus?: AutomationExecutionStatus | undefined
  StepExecutions?: StepExecution[] | undefined
  StepExecutionsTruncated?: boolean | undefined
  Parameters?: Record<string, string[]> | undefined
  Outputs?: Record<string, string[]> | undefined
  FailureMessage?: string | undefined
  WarningMessage?: string | undefined
  Mode?: ExecutionMode | undefined
  ParentAutomationExecutionId?: string | undefined
  ExecutedBy?: string | undefined
  CurrentStepName?: string | undefined
  CurrentAction?: string | undefined
  TargetParameterName?: string | undefined
  Targets?: Target[] | undefined
  TargetMaps?: Array<Record<string, string[]>> | undefined
  ResolvedTargets?: ResolvedTargets | undefined
  MaxConcurrency?: string | undefined
  MaxErrors?: string | undefined
  Target?: string | undefined
  TargetLocations?: TargetLocation[] | undefined
  ProgressCounters?: ProgressCounters | undefined
  AlarmConfiguration?: AlarmConfiguration | undefined
  TriggeredAlarms?: AlarmStateInformation[] | undefined
  TargetLocationsURL?: string | undefined
  AutomationSubtype?: AutomationSubtype | undefined
  ScheduledTime?: number | undefined
  Runbooks?: Runbook[] | undefined
  OpsItemId?: string | undefined
  AssociationId?: string | undefined
  ChangeRequestName?: string | undefined
  Variables?: Record<string, string[]> | undefined
  TargetsSummary?: TargetsSummary | undefined
}

export interface AutomationExecutionFilter {
  Key: AutomationExecutionFilterKey
  Values: string[]
}

export type AutomationExecutionFilterKey = 'DocumentNamePrefix' | 'ExecutionStatus' | 'ExecutionId' | 'ParentExecutionId' | 'CurrentAction' | 'StartTimeBefore' | 'StartTimeAfter' | 'AutomationType' | 'TagKey' | 'TargetResourceGroup' | 'AutomationSubtype' | 'OpsItemId'

export interface AutomationExecutionInputs {
  Parameters?: Record<string, string[]> | undefined
  TargetParameterName?: string | undefined
  Targets?: Target[] | undefined
  TargetMaps?: Array<Record<string, string[]>> | undefined
  TargetLocations?: TargetLocation[] | undefined
  TargetLocationsURL?: string | undefined
}

export interface AutomationExecutionLimitExceededException {
  Message?: string | undefined
}

export interface AutomationExecutionMetadata {
  AutomationExecutionId?: string | undefined
  DocumentName?: string | undefined
  DocumentVersion?: string | undefined
  AutomationExecutionStatus?: AutomationExecutionStatus | undefined
  ExecutionStartTime?: number | undefined
  ExecutionEndTime?: number | undefined
  ExecutedBy?: string | undefined
  LogFile?: string | undefined
  Outputs?: Record<string, string[]> | undefined
  Mode?: ExecutionMode | undefined
  ParentAutomationExecutionId?: string | undefined
  CurrentStepName?: string | undefined
  CurrentAction?: string | undefined
  FailureMessage?: string | undefined
  WarningMessage?: string | undefined
  TargetParameterName?: string | undefined
  Targets?: Target[] | undefined
  TargetMaps?: Array<Record<string, string[]>> | undefined
  ResolvedTargets?: ResolvedTargets | undefined
  MaxConcurrency?: string | undefined
  MaxErrors?: string | undefined
  Target?: string | undefined
  AutomationType?: AutomationType | undefined
  AlarmConfiguration?: AlarmConfiguration | undefined
  TriggeredAlarms?: AlarmStateInformation[] | undefined
  TargetLocationsURL?: string | undefined
  AutomationSubtype?: AutomationSubtype | undefined
  ScheduledTime?: number | undefined
  Runbooks?: Runbook[] | undefined
  OpsItemId?: string | undefined
  AssociationId?: string | undefined
  ChangeRequestName?: string | undefined
}

export interface AutomationExecutionNotFoundException {
  Message?: string | undefined
}

export interface AutomationExecutionPreview {
  StepPreviews?: Record<string, number> | undefined
  Regions?: string[] | undefined
  TargetPreviews?: TargetPreview[] | undefined
  TotalAccounts?: number | undefined
}

export type AutomationExecutionStatus = 'Pending' | 'InProgress' | 'Waiting' | 'Success' | 'TimedOut' | 'Cancelling' | 'Cancelled' | 'Failed' | 'PendingApproval' | 'Approved' | 'Rejected' | 'Scheduled' | 'RunbookInProgress' | 'PendingChangeCalendarOverride' | 'ChangeCalendarOverrideApproved' | 'ChangeCalendarOverrideRejected' | 'CompletedWithSuccess' | 'CompletedWithFailure' | 'Exited'

export interface AutomationStepNotFoundException {
  Message?: string | undefined
}

export type AutomationSubtype = 'ChangeRequest' | 'AccessRequest'

export type AutomationType = 'CrossAccount' | 'Local'

export interface AzureConfiguration {
  TenantId: string
  TenantDisplayName?: string | undefined
  ApplicationId: string
  ApplicationDisplayName?: string | undefined
  Targets?: ConfigurationTargets | undefined
}

export interface AzureSubscription {
  Id: string
  DisplayName?: string | undefined
}

export interface BadRequestException {
  Message?: string | undefined
}

export interface BaselineOverride {
  OperatingSystem?: OperatingSystem | undefined
  GlobalFilters?: PatchFilterGroup | undefined
  ApprovalRules?: PatchRuleGroup | undefined
  ApprovedPatches?: string[] | undefined
  ApprovedPatchesComplianceLevel?: PatchComplianceLevel | undefined
  RejectedPatches?: string[] | undefined
  RejectedPatchesAction?: PatchAction | undefined
  ApprovedPatchesEnableNonSecurity?: boolean | undefined
  Sources?: PatchSource[] | undefined
  AvailableSecurityUpdatesComplianceStatus?: PatchComplianceStatus | undefined
}

export type CalendarState = 'OPEN' | 'CLOSED'

export interface CancelCommandRequest {
  CommandId: string
  InstanceIds?: string[] | undefined
}

export type CancelCommandResult = Record<string, never>

export interface CancelKeyDeletionRequest {
  KeyId: string
}

export interface CancelKeyDeletionResult {
  KeyId?: string | undefined
}

export interface CancelMaintenanceWindowExecutionRequest {
  WindowExecutionId: string
}

export interface CancelMaintenanceWindowExecutionResult {
  WindowExecutionId?: string | undefined
}

export interface Change {
  Topic: ChangeTopic
  Id: string
}

export interface ChangePasswordRequest {
  OldPassword: string
  NewPassword: string
}

export type ChangePasswordResult = Record<string, never>

export type ChangeTopic = 'Node' | 'Command' | 'Invocation'

export interface CloudConnectorConfiguration {
  AzureConfiguration?: AzureConfiguration | undefined
  GcpConfiguration?: GcpConfiguration | undefined
}

export interface CloudConnectorFilter {
  FilterKey?: CloudConnectorFilterKey | undefined
  FilterValues?: string[] | undefined
}

export type CloudConnectorFilterKey = 'SubscriptionId' | 'TenantId'

export interface CloudConnectorSummary {
  CloudConnectorId?: string | undefined
  DisplayName?: string | undefined
  Description?: string | undefined
  RoleArn?: string | undefined
  CreatedAt?: number | undefined
  UpdatedAt?: number | undefined
}

export interface CloudWatchOutputConfig {
  CloudWatchLogGroupName?: string | undefined
  CloudWatchOutputEnabled?: boolean | undefined
}

export interface Command {
  CommandId?: string | undefined
  DocumentName?: string | undefined
  DocumentVersion?: string | undefined
  Comment?: string | undefined
  ExpiresAfter?: number | undefined
  Parameters?: Record<string, string[]> | undefined
  InstanceIds?: string[] | undefined
  Targets?: Target[] | undefined
  RequestedDateTime?: number | undefined
  Status?: CommandStatus | undefined
  StatusDetails?: string | undefined
  OutputS3Region?: string | undefined
  OutputS3BucketName?: string | undefined
  OutputS3KeyPrefix?: string | undefined
  MaxConcurrency?: string | undefined
  MaxErrors?: string | undefined
  TargetCount?: number | undefined
  CompletedCount?: number | undefined
  ErrorCount?: number | undefined
  DeliveryTimedOutCount?: number | undefined
  ServiceRole?: string | undefined
  NotificationConfig?: NotificationConfig | undefined
  CloudWatchOutputConfig?: CloudWatchOutputConfig | undefined
  TimeoutSeconds?: number | undefined
  AlarmConfiguration?: AlarmConfiguration | undefined
  TriggeredAlarms?: AlarmStateInformation[] | undefined
}

export interface CommandFilter {
  key: CommandFilterKey
  value: string
}

export type CommandFilterKey = 'InvokedAfter' | 'InvokedBefore' | 'Status' | 'ExecutionStage' | 'DocumentName'

export interface CommandInvocation {
  CommandId?: string | undefined
  InstanceId?: string | undefined
  InstanceName?: string | undefined
  Comment?: string | undefined
  DocumentName?: string | undefined
  DocumentVersion?: string | undefined
  RequestedDateTime?: number | undefined
  Status?: CommandInvocationStatus | undefined
  StatusDetails?: string | undefined
  TraceOutput?: string | undefined
  StandardOutputUrl?: string | undefined
  StandardErrorUrl?: string | undefined
  CommandPlugins?: CommandPlugin[] | undefined
  ServiceRole?: string | undefined
  NotificationConfig?: NotificationConfig | undefined
  CloudWatchOutputConfig?: CloudWatchOutputConfig | undefined
}

export type CommandInvocationStatus = 'Pending' | 'InProgress' | 'Delayed' | 'Success' | 'Cancelled' | 'TimedOut' | 'Failed' | 'Cancelling'

export interface CommandPlugin {
  Name?: string | undefined
  Status?: CommandPluginStatus | undefined
  StatusDetails?: string | undefined
  ResponseCode?: number | undefined
  ResponseStartDateTime?: number | undefined
  ResponseFinishDateTime?: number | undefined
  Output?: string | undefined
  StandardOutputUrl?: string | undefined
  StandardErrorUrl?: string | undefined
  OutputS3Region?: string | undefined
  OutputS3BucketName?: string | undefined
  OutputS3KeyPrefix?: string | undefined
}

export type CommandPluginStatus = 'Pending' | 'InProgress' | 'Success' | 'TimedOut' | 'Cancelled' | 'Failed'

export type CommandStatus = 'Pending' | 'InProgress' | 'Success' | 'Cancelled' | 'Failed' | 'TimedOut' | 'Cancelling'

export interface ComplianceExecutionSummary {
  ExecutionTime: number
  ExecutionId?: string | undefined
  ExecutionType?: string | undefined
}

export interface ComplianceItem {
  ComplianceType?: string | undefined
  ResourceType?: string | undefined
  ResourceId?: string | undefined
  Id?: string | undefined
  Title?: string | undefined
  Status?: ComplianceStatus | undefined
  Severity?: ComplianceSeverity | undefined
  ExecutionSummary?: ComplianceExecutionSummary | undefined
  Details?: Record<string, string> | undefined
}

export interface ComplianceItemEntry {
  Id?: string | undefined
  Title?: string | undefined
  Severity: ComplianceSeverity
  Status: ComplianceStatus
  Details?: Record<string, string> | undefined
}

export type ComplianceQueryOperatorType = 'EQUAL' | 'NOT_EQUAL' | 'BEGIN_WITH' | 'LESS_THAN' | 'GREATER_THAN'

export type ComplianceSeverity = 'CRITICAL' | 'HIGH' | 'MEDIUM' | 'LOW' | 'INFORMATIONAL' | 'UNSPECIFIED'

export type ComplianceStatus = 'COMPLIANT' | 'NON_COMPLIANT'

export interface ComplianceStringFilter {
  Key?: string | undefined
  Values?: string[] | undefined
  Type?: ComplianceQueryOperatorType | undefined
}

export interface ComplianceSummaryItem {
  ComplianceType?: string | undefined
  CompliantSummary?: CompliantSummary | undefined
  NonCompliantSummary?: NonCompliantSummary | undefined
}

export interface ComplianceTypeCountLimitExceededException {
  Message?: string | undefined
}

export type ComplianceUploadType = 'COMPLETE' | 'PARTIAL'

export interface CompliantSummary {
  CompliantCount?: number | undefined
  SeveritySummary?: SeveritySummary | undefined
}

export interface ConfigurationTargets {
  Subscriptions?: AzureSubscription[] | undefined
}

export interface ConflictException {
  Message?: string | undefined
}

export type ConnectionStatus = 'connected' | 'notconnected'

export interface ContextEntry {
  ContextKeyName: string
  ContextKeyValues: string[]
  ContextKeyType?: ContextKeyType | undefined
}

export type ContextKeyType = 'string' | 'stringList' | 'numeric' | 'numericList' | 'boolean' | 'booleanList' | 'ip' | 'ipList' | 'binary' | 'binaryList' | 'date' | 'dateList'

export interface CreateAccessKeyRequest {
  UserName?: string | undefined
}

export interface CreateAccessKeyResult {
  AccessKey: AccessKey
}

export interface CreateActivationRequest {
  Description?: string | undefined
  DefaultInstanceName?: string | undefined
  IamRole: string
  RegistrationLimit?: number | undefined
  ExpirationDate?: number | undefined
  Tags?: Tag[] | undefined
  RegistrationMetadata?: RegistrationMetadataItem[] | undefined
}

export interface CreateActivationResult {
  ActivationId?: string | undefined
  ActivationCode?: string | undefined
}

export interface CreateAliasRequest {
  AliasName: string
  TargetKeyId: string
}

export type CreateAliasResult = Record<string, never>

export interface CreateAssociationBatchRequest {
  Entries: CreateAssociationBatchRequestEntry[]
  AssociationDispatchAssumeRole?: string | undefined
}

export interface CreateAssociationBatchRequestEntry {
  Name: string
  InstanceId?: string | undefined
  Parameters?: Record<string, string[]> | undefined
  AutomationTargetParameterName?: string | undefined
  DocumentVersion?: string | undefined
  Targets?: Target[] | undefined
  ScheduleExpression?: string | undefined
  OutputLocation?: InstanceAssociationOutputLocation | undefined
  AssociationName?: string | undefined
  MaxErrors?: string | undefined
  MaxConcurrency?: string | undefined
  ComplianceSeverity?: AssociationComplianceSeverity | undefined
  SyncCompliance?: AssociationSyncCompliance | undefined
  ApplyOnlyAtCronInterval?: boolean | undefined
  CalendarNames?: string[] | undefined
  TargetLocations?: TargetLocation[] | undefined
  ScheduleOffset?: number | undefined
  Duration?: number | undefined
  TargetMaps?: Array<Record<string, string[]>> | undefined
  AlarmConfiguration?: AlarmConfiguration | undefined
}

export interface CreateAssociationBatchResult {
  Successful?: AssociationDescription[] | undefined
  Failed?: FailedCreateAssociation[] | undefined
}

export interface CreateAssociationRequest {
  Name: string
  DocumentVersion?: string | undefined
  InstanceId?: string | undefined
  Parameters?: Record<string, string[]> | undefined
  Targets?: Target[] | undefined
  ScheduleExpression?: string | undefined
  OutputLocation?: InstanceAssociationOutputLocation | undefined
  AssociationName?: string | undefined
  AutomationTargetParameterName?: string | undefined
  MaxErrors?: string | undefined
  MaxConcurrency?: string | undefined
  ComplianceSeverity?: AssociationComplianceSeverity | undefined
  SyncCompliance?: AssociationSyncCompliance | undefined
  ApplyOnlyAtCronInterval?: boolean | undefined
  CalendarNames?: string[] | undefined
  TargetLocations?: TargetLocation[] | undefined
  ScheduleOffset?: number | undefined
  Duration?: number | undefined
  TargetMaps?: Array<Record<string, string[]>> | undefined
  Tags?: Tag[] | undefined
  AlarmConfiguration?: AlarmConfiguration | undefined
  AssociationDispatchAssumeRole?: string | undefined
}

export interface CreateAssociationResult {
  AssociationDescription?: AssociationDescription | undefined
}

export interface CreateCloudConnectorRequest {
  DisplayName: string
  RoleArn: string
  Description?: string | undefined
  Configuration: CloudConnectorConfiguration
  ConfigConnectorArn: string
  Tags?: Tag[] | undefined
}

export interface CreateCloudConnectorResult {
  CloudConnectorId?: string | undefined
}

export interface CreateDocumentRequest {
  Content: string
  Requires?: DocumentRequires[] | undefined
  Attachments?: AttachmentsSource[] | undefined
  Name: string
  DisplayName?: string | undefined
  VersionName?: string | undefined
  DocumentType?: DocumentType | undefined
  DocumentFormat?: DocumentFormat | undefined
  TargetType?: string | undefined
  Tags?: Tag[] | undefined
}

export interface CreateDocumentResult {
  DocumentDescription?: DocumentDescription | undefined
}

export interface CreateEnrolmentCommandRequest {
  Description?: string | undefined
  DefaultInstanceName?: string | undefined
  IamRole: string
  RegistrationLimit?: number | undefined
  ExpirationDate?: number | undefined
  Tags?: Tag[] | undefined
  RegistrationMetadata?: RegistrationMetadataItem[] | undefined
  Platform?: EnrolmentPlatform | undefined
}

export interface CreateEnrolmentCommandResult {
  ActivationId: string
  Command: string
  ExpirationDate: number
}

export interface CreateGroupRequest {
  Name: string
  Description?: string | undefined
  ResourceQuery: ResourceQuery
}

export interface CreateGroupResult {
  Group: ResourceGroup
  ResourceQuery: ResourceQuery
}

export interface CreateKeyRequest {
  Description?: string | undefined
  KeyUsage?: KeyUsageType | undefined
  KeySpec?: KeySpec | undefined
  Tags?: Tag[] | undefined
}

export interface CreateKeyResult {
  KeyMetadata?: KeyMetadata | undefined
}

export interface CreateLoginProfileRequest {
  UserName?: string | undefined
  Password: string
  PasswordResetRequired?: boolean | undefined
}

export interface CreateLoginProfileResult {
  LoginProfile: LoginProfile
}

export interface CreateMaintenanceWindowRequest {
  Name: string
  Description?: string | undefined
  StartDate?: string | undefined
  EndDate?: string | undefined
  Schedule: string
  ScheduleTimezone?: string | undefined
  ScheduleOffset?: number | undefined
  Duration: number
  Cutoff: number
  AllowUnassociatedTargets: boolean
  ClientToken?: string | undefined
  Tags?: Tag[] | undefined
}

export interface CreateMaintenanceWindowResult {
  WindowId?: string | undefined
}

export interface CreateNodeCredentialsRequest {
  DurationSeconds?: number | undefined
}

export interface CreateNodeCredentialsResult {
  Credentials: TemporaryCredentials
  AssumedRoleUser: AssumedRoleUser
}

export interface CreateOpsItemRequest {
  Description: string
  OpsItemType?: string | undefined
  OperationalData?: Record<string, OpsItemDataValue> | undefined
  Notifications?: OpsItemNotification[] | undefined
  Priority?: number | undefined
  RelatedOpsItems?: RelatedOpsItem[] | undefined
  Source: string
  Title: string
  Tags?: Tag[] | undefined
  Category?: string | undefined
  Severity?: string | undefined
  ActualStartTime?: number | undefined
  ActualEndTime?: number | undefined
  PlannedStartTime?: number | undefined
  PlannedEndTime?: number | undefined
  AccountId?: string | undefined
}

export interface CreateOpsItemResponse {
  OpsItemId?: string | undefined
  OpsItemArn?: string | undefined
}

export interface CreateOpsMetadataRequest {
  ResourceId: string
  Metadata?: Record<string, MetadataValue> | undefined
  Tags?: Tag[] | undefined
}

export interface CreateOpsMetadataResult {
  OpsMetadataArn?: string | undefined
}

export interface CreatePatchBaselineRequest {
  OperatingSystem?: OperatingSystem | undefined
  Name: string
  GlobalFilters?: PatchFilterGroup | undefined
  ApprovalRules?: PatchRuleGroup | undefined
  ApprovedPatches?: string[] | undefined
  ApprovedPatchesComplianceLevel?: PatchComplianceLevel | undefined
  ApprovedPatchesEnableNonSecurity?: boolean | undefined
  RejectedPatches?: string[] | undefined
  RejectedPatchesAction?: PatchAction | undefined
  Description?: string | undefined
  Sources?: PatchSource[] | undefined
  AvailableSecurityUpdatesComplianceStatus?: PatchComplianceStatus | undefined
  ClientToken?: string | undefined
  Tags?: Tag[] | undefined
}

export interface CreatePatchBaselineResult {
  BaselineId?: string | undefined
}

export interface CreatePolicyRequest {
  PolicyName: string
  Path?: string | undefined
  PolicyDocument: string
  Description?: string | undefined
  Tags?: Tag[] | undefined
}

export interface CreatePolicyResult {
  Policy: ManagedPolicy
}

export interface CreatePolicyVersionRequest {
  PolicyArn: string
  PolicyDocument: string
  SetAsDefault?: boolean | undefined
}

export interface CreatePolicyVersionResult {
  PolicyVersion: ManagedPolicyVersion
}

export interface CreateResourceDataSyncRequest {
  SyncName: string
  S3Destination?: ResourceDataSyncS3Destination | undefined
  SyncType?: string | undefined
  SyncSource?: ResourceDataSyncSource | undefined
}

export type CreateResourceDataSyncResult = Record<string, never>

export interface CreateRoleRequest {
  Path?: string | undefined
  RoleName: string
  AssumeRolePolicyDocument: string
  Description?: string | undefined
  MaxSessionDuration?: number | undefined
  Tags?: Tag[] | undefined
}

export interface CreateRoleResult {
  Role: Role
}

export interface CreateUserGroupRequest {
  Path?: string | undefined
  GroupName: string
}

export interface CreateUserGroupResult {
  Group: UserGroup
}

export interface CreateUserRequest {
  Path?: string | undefined
  UserName: string
  Tags?: Tag[] | undefined
}

export interface CreateUserResult {
  User: User
}

export interface CreateVirtualMFADeviceRequest {
  VirtualMFADeviceName: string
  Path?: string | undefined
}

export interface CreateVirtualMFADeviceResult {
  VirtualMFADevice: VirtualMFADevice
}

export interface Credentials {
  AccessKeyId: string
  SecretAccessKey: string
  SessionToken: string
  ExpirationTime: number
}

export interface CustomSchemaCountLimitExceededException {
  Message?: string | undefined
}

export type DHMCPermissionModel = 'SELF_MANAGED' | 'SERVICE_MANAGED'

export interface DeactivateMFADeviceRequest {
  UserName?: string | undefined
  SerialNumber: string
}

export type DeactivateMFADeviceResult = Record<string, never>

export interface DeleteAccessKeyRequest {
  UserName?: string | undefined
  AccessKeyId: string
}

export type DeleteAccessKeyResult = Record<string, never>

export interface DeleteActivationRequest {
  ActivationId: string
}

export type DeleteActivationResult = Record<string, never>

export interface DeleteAliasRequest {
  AliasName: string
}

export type DeleteAliasResult = Record<string, never>

export interface DeleteAssociationRequest {
  Name?: string | undefined
  InstanceId?: string | undefined
  AssociationId?: string | undefined
}

export type DeleteAssociationResult = Record<string, never>

export interface DeleteCloudConnectorRequest {
  CloudConnectorId: string
}

export interface DeleteCloudConnectorResult {
  CloudConnectorId?: string | undefined
}

export interface DeleteConflict {
  message?: string | undefined
}

export interface DeleteDocumentRequest {
  Name: string
  DocumentVersion?: string | undefined
  VersionName?: string | undefined
  Force?: boolean | undefined
}

export type DeleteDocumentResult = Record<string, never>

export interface DeleteGroupPolicyRequest {
  GroupName: string
  PolicyName: string
}

export type DeleteGroupPolicyResult = Record<string, never>

export interface DeleteGroupRequest {
  Group: string
}

export interface DeleteGroupResult {
  Group: ResourceGroup
}

export interface DeleteInventoryRequest {
  TypeName: string
  SchemaDeleteOption?: InventorySchemaDeleteOption | undefined
  DryRun?: boolean | undefined
  ClientToken?: string | undefined
}

export interface DeleteInventoryResult {
  DeletionId?: string | undefined
  TypeName?: string | undefined
  DeletionSummary?: InventoryDeletionSummary | undefined
}

export interface DeleteLoginProfileRequest {
  UserName?: string | undefined
}

export type DeleteLoginProfileResult = Record<string, never>

export interface DeleteMaintenanceWindowRequest {
  WindowId: string
}

export interface DeleteMaintenanceWindowResult {
  WindowId?: string | undefined
}

export interface DeleteOpsItemRequest {
  OpsItemId: string
}

export type DeleteOpsItemResponse = Record<string, never>

export interface DeleteOpsMetadataRequest {
  OpsMetadataArn: string
}

export type DeleteOpsMetadataResult = Record<string, never>

export interface DeleteParameterRequest {
  Name: string
}

export type DeleteParameterResult = Record<string, never>

export interface DeleteParametersRequest {
  Names: string[]
}

export interface DeleteParametersResult {
  DeletedParameters?: string[] | undefined
  InvalidParameters?: string[] | undefined
}

export interface DeletePatchBaselineRequest {
  BaselineId: string
}

export interface DeletePatchBaselineResult {
  BaselineId?: string | undefined
}

export interface DeletePolicyRequest {
  PolicyArn: string
}

export type DeletePolicyResult = Record<string, never>

export interface DeletePolicyVersionRequest {
  PolicyArn: string
  VersionId: string
}

export type DeletePolicyVersionResult = Record<string, never>

export interface DeleteResourceDataSyncRequest {
  SyncName: string
  SyncType?: string | undefined
}

export type DeleteResourceDataSyncResult = Record<string, never>

export interface DeleteResourcePolicyRequest {
  ResourceArn: string
  PolicyId: string
  PolicyHash: string
  DeletionMode?: DeletionMode | undefined
}

export type DeleteResourcePolicyResponse = Record<string, never>

export interface DeleteRolePolicyRequest {
  RoleName: string
  PolicyName: string
}

export type DeleteRolePolicyResult = Record<string, never>

export interface DeleteRoleRequest {
  RoleName: string
}

export type DeleteRoleResult = Record<string, never>

export interface DeleteUserGroupRequest {
  GroupName: string
}

export type DeleteUserGroupResult = Record<string, never>

export interface DeleteUserPolicyRequest {
  UserName: string
  PolicyName: string
}

export type DeleteUserPolicyResult = Record<string, never>

export interface DeleteUserRequest {
  UserName: string
}

export type DeleteUserResult = Record<string, never>

export interface DeleteVirtualMFADeviceRequest {
  SerialNumber: string
}

export type DeleteVirtualMFADeviceResult = Record<string, never>

export type DeletionMode = 'RemoveSharing' | 'RollbackMigration'

export type DeregisterDefaultHostManagementConfigurationRequest = Record<string, never>

export type DeregisterDefaultHostManagementConfigurationResult = Record<string, never>

export interface DeregisterManagedInstanceRequest {
  InstanceId: string
}

export type DeregisterManagedInstanceResult = Record<string, never>

export interface DeregisterPatchBaselineForPatchGroupRequest {
  BaselineId: string
  PatchGroup: string
}

export interface DeregisterPatchBaselineForPatchGroupResult {
  BaselineId?: string | undefined
  PatchGroup?: string | undefined
}

export interface DeregisterTargetFromMaintenanceWindowRequest {
  WindowId: string
  WindowTargetId: string
  Safe?: boolean | undefined
}

export interface DeregisterTargetFromMaintenanceWindowResult {
  WindowId?: string | undefined
  WindowTargetId?: string | undefined
}

export interface DeregisterTaskFromMaintenanceWindowRequest {
  WindowId: string
  WindowTaskId: string
}

export interface DeregisterTaskFromMaintenanceWindowResult {
  WindowId?: string | undefined
  WindowTaskId?: string | undefined
}

export interface DescribeActivationsFilter {
  FilterKey?: DescribeActivationsFilterKeys | undefined
  FilterValues?: string[] | undefined
}

export type DescribeActivationsFilterKeys = 'ActivationIds' | 'DefaultInstanceName' | 'IamRole'

export interface DescribeActivationsRequest {
  Filters?: DescribeActivationsFilter[] | undefined
  MaxResults?: number | undefined
  NextToken?: string | undefined
}

export interface DescribeActivationsResult {
  ActivationList?: Activation[] | undefined
  NextToken?: string | undefined
}

export interface DescribeAssociationExecutionTargetsRequest {
  AssociationId: string
  ExecutionId: string
  Filters?: AssociationExecutionTargetsFilter[] | undefined
  MaxResults?: number | undefined
  NextToken?: string | undefined
}

export interface DescribeAssociationExecutionTargetsResult {
  AssociationExecutionTargets?: AssociationExecutionTarget[] | undefined
  NextToken?: string | undefined
}

export interface DescribeAssociationExecutionsRequest {
  AssociationId: string
  Filters?: AssociationExecutionFilter[] | undefined
  MaxResults?: number | undefined
  NextToken?: string | undefined
}

export interface DescribeAssociationExecutionsResult {
  AssociationExecutions?: AssociationExecution[] | undefined
  NextToken?: string | undefined
}

export interface DescribeAssociationRequest {
  Name?: string | undefined
  InstanceId?: string | undefined
  AssociationId?: string | undefined
  AssociationVersion?: string | undefined
}

export interface DescribeAssociationResult {
  AssociationDescription?: AssociationDescription | undefined
}

export interface DescribeAutomationExecutionsRequest {
  Filters?: AutomationExecutionFilter[] | undefined
  MaxResults?: number | undefined
  NextToken?: string | undefined
}

export interface DescribeAutomationExecutionsResult {
  AutomationExecutionMetadataList?: AutomationExecutionMetadata[] | undefined
  NextToken?: string | undefined
}

export interface DescribeAutomationStepExecutionsRequest {
  AutomationExecutionId: string
  Filters?: StepExecutionFilter[] | undefined
  NextToken?: string | undefined
  MaxResults?: number | undefined
  ReverseOrder?: boolean | undefined
}

export interface DescribeAutomationStepExecutionsResult {
  StepExecutions?: StepExecution[] | undefined
  NextToken?: string | undefined
}

export interface DescribeAvailablePatchesRequest {
  Filters?: PatchOrchestratorFilter[] | undefined
  MaxResults?: number | undefined
  NextToken?: string | undefined
}

export interface DescribeAvailablePatchesResult {
  Patches?: Patch[] | undefined
  NextToken?: string | undefined
}

export interface DescribeDocumentPermissionRequest {
  Name: string
  PermissionType: DocumentPermissionType
  MaxResults?: number | undefined
  NextToken?: string | undefined
}

export interface DescribeDocumentPermissionResponse {
  AccountIds?: string[] | undefined
  AccountSharingInfoList?: AccountSharingInfo[] | undefined
  NextToken?: string | undefined
}

export interface DescribeDocumentRequest {
  Name: string
  DocumentVersion?: string | undefined
  VersionName?: string | undefined
}

export interface DescribeDocumentResult {
  Document?: DocumentDescription | undefined
}

export interface DescribeEffectiveInstanceAssociationsRequest {
  InstanceId: string
  MaxResults?: number | undefined
  NextToken?: string | undefined
}

export interface DescribeEffectiveInstanceAssociationsResult {
  Associations?: InstanceAssociation[] | undefined
  NextToken?: string | undefined
}

export interface DescribeEffectivePatchesForPatchBaselineRequest {
  BaselineId: string
  MaxResults?: number | undefined
  NextToken?: string | undefined
}

export interface DescribeEffectivePatchesForPatchBaselineResult {
  EffectivePatches?: EffectivePatch[] | undefined
  NextToken?: string | undefined
}

export interface DescribeInstanceAssociationsStatusRequest {
  InstanceId: string
  MaxResults?: number | undefined
  NextToken?: string | undefined
}

export interface DescribeInstanceAssociationsStatusResult {
  InstanceAssociationStatusInfos?: InstanceAssociationStatusInfo[] | undefined
  NextToken?: string | undefined
}

export interface DescribeInstanceInformationRequest {
  InstanceInformationFilterList?: InstanceInformationFilter[] | undefined
  Filters?: InstanceInformationStringFilter[] | undefined
  MaxResults?: number | undefined
  NextToken?: string | undefined
}

export interface DescribeInstanceInformationResult {
  InstanceInformationList?: InstanceInformation[] | undefined
  NextToken?: string | undefined
}

export interface DescribeInstancePatchStatesForPatchGroupRequest {
  PatchGroup: string
  Filters?: InstancePatchStateFilter[] | undefined
  NextToken?: string | undefined
  MaxResults?: number | undefined
}

export interface DescribeInstancePatchStatesForPatchGroupResult {
  InstancePatchStates?: InstancePatchState[] | undefined
  NextToken?: string | undefined
}

export interface DescribeInstancePatchStatesRequest {
  InstanceIds: string[]
  NextToken?: string | undefined
  MaxResults?: number | undefined
}

export interface DescribeInstancePatchStatesResult {
  InstancePatchStates?: InstancePatchState[] | undefined
  NextToken?: string | undefined
}

export interface DescribeInstancePatchesRequest {
  InstanceId: string
  Filters?: PatchOrchestratorFilter[] | undefined
  NextToken?: string | undefined
  MaxResults?: number | undefined
}

export interface DescribeInstancePatchesResult {
  Patches?: PatchComplianceData[] | undefined
  NextToken?: string | undefined
}

export interface DescribeInstancePropertiesRequest {
  InstancePropertyFilterList?: InstancePropertyFilter[] | undefined
  FiltersWithOperator?: InstancePropertyStringFilter[] | undefined
  MaxResults?: number | undefined
  NextToken?: string | undefined
}

export interface DescribeInstancePropertiesResult {
  InstanceProperties?: InstanceProperty[] | undefined
  NextToken?: string | undefined
}

export interface DescribeInventoryDeletionsRequest {
  DeletionId?: string | undefined
  NextToken?: string | undefined
  MaxResults?: number | undefined
}

export interface DescribeInventoryDeletionsResult {
  InventoryDeletions?: InventoryDeletionStatusItem[] | undefined
  NextToken?: string | undefined
}

export interface DescribeKeyRequest {
  KeyId: string
}

export interface DescribeKeyResult {
  KeyMetadata?: KeyMetadata | undefined
}

export interface DescribeMaintenanceWindowExecutionTaskInvocationsRequest {
  WindowExecutionId: string
  TaskId: string
  Filters?: MaintenanceWindowFilter[] | undefined
  MaxResults?: number | undefined
  NextToken?: string | undefined
}

export interface DescribeMaintenanceWindowExecutionTaskInvocationsResult {
  WindowExecutionTaskInvocationIdentities?: MaintenanceWindowExecutionTaskInvocationIdentity[] | undefined
  NextToken?: string | undefined
}

export interface DescribeMaintenanceWindowExecutionTasksRequest {
  WindowExecutionId: string
  Filters?: MaintenanceWindowFilter[] | undefined
  MaxResults?: number | undefined
  NextToken?: string | undefined
}

export interface DescribeMaintenanceWindowExecutionTasksResult {
  WindowExecutionTaskIdentities?: MaintenanceWindowExecutionTaskIdentity[] | undefined
  NextToken?: string | undefined
}

export interface DescribeMaintenanceWindowExecutionsRequest {
  WindowId: string
  Filters?: MaintenanceWindowFilter[] | undefined
  MaxResults?: number | undefined
  NextToken?: string | undefined
}

export interface DescribeMaintenanceWindowExecutionsResult {
  WindowExecutions?: MaintenanceWindowExecution[] | undefined
  NextToken?: string | undefined
}

export interface DescribeMaintenanceWindowScheduleRequest {
  WindowId?: string | undefined
  Targets?: Target[] | undefined
  ResourceType?: MaintenanceWindowResourceType | undefined
  Filters?: PatchOrchestratorFilter[] | undefined
  MaxResults?: number | undefined
  NextToken?: string | undefined
}

export interface DescribeMaintenanceWindowScheduleResult {
  ScheduledWindowExecutions?: ScheduledWindowExecution[] | undefined
  NextToken?: string | undefined
}

export interface DescribeMaintenanceWindowTargetsRequest {
  WindowId: string
  Filters?: MaintenanceWindowFilter[] | undefined
  MaxResults?: number | undefined
  NextToken?: string | undefined
}

export interface DescribeMaintenanceWindowTargetsResult {
  Targets?: MaintenanceWindowTarget[] | undefined
  NextToken?: string | undefined
}

export interface DescribeMaintenanceWindowTasksRequest {
  WindowId: string
  Filters?: MaintenanceWindowFilter[] | undefined
  MaxResults?: number | undefined
  NextToken?: string | undefined
}

export interface DescribeMaintenanceWindowTasksResult {
  Tasks?: MaintenanceWindowTask[] | undefined
  NextToken?: string | undefined
}

export interface DescribeMaintenanceWindowsForTargetRequest {
  Targets: Target[]
  ResourceType: MaintenanceWindowResourceType
  MaxResults?: number | undefined
  NextToken?: string | undefined
}

export interface DescribeMaintenanceWindowsForTargetResult {
  WindowIdentities?: MaintenanceWindowIdentityForTarget[] | undefined
  NextToken?: string | undefined
}

export interface DescribeMaintenanceWindowsRequest {
  Filters?: MaintenanceWindowFilter[] | undefined
  MaxResults?: number | undefined
  NextToken?: string | undefined
}

export interface DescribeMaintenanceWindowsResult {
  WindowIdentities?: MaintenanceWindowIdentity[] | undefined
  NextToken?: string | undefined
}

export interface DescribeNodeIdentitiesRequest {
  InstanceIds?: string[] | undefined
  Standing?: NodeStanding | undefined
  MaxResults?: number | undefined
  NextToken?: string | undefined
}

export interface DescribeNodeIdentitiesResult {
  NodeIdentities: NodeIdentity[]
  NextToken?: string | undefined
}

export interface DescribeOpsItemsRequest {
  OpsItemFilters?: OpsItemFilter[] | undefined
  MaxResults?: number | undefined
  NextToken?: string | undefined
}

export interface DescribeOpsItemsResponse {
  NextToken?: string | undefined
  OpsItemSummaries?: OpsItemSummary[] | undefined
}

export interface DescribeParametersRequest {
  Filters?: ParametersFilter[] | undefined
  ParameterFilters?: ParameterStringFilter[] | undefined
  MaxResults?: number | undefined
  NextToken?: string | undefined
  Shared?: boolean | undefined
}

export interface DescribeParametersResult {
  Parameters?: ParameterMetadata[] | undefined
  NextToken?: string | undefined
}

export interface DescribePatchBaselinesRequest {
  Filters?: PatchOrchestratorFilter[] | undefined
  MaxResults?: number | undefined
  NextToken?: string | undefined
}

export interface DescribePatchBaselinesResult {
  BaselineIdentities?: PatchBaselineIdentity[] | undefined
  NextToken?: string | undefined
}

export interface DescribePatchGroupStateRequest {
  PatchGroup: string
}

export interface DescribePatchGroupStateResult {
  Instances?: number | undefined
  InstancesWithInstalledPatches?: number | undefined
  InstancesWithInstalledOtherPatches?: number | undefined
  InstancesWithInstalledPendingRebootPatches?: number | undefined
  InstancesWithInstalledRejectedPatches?: number | undefined
  InstancesWithMissingPatches?: number | undefined
  InstancesWithFailedPatches?: number | undefined
  InstancesWithNotApplicablePatches?: number | undefined
  InstancesWithUnreportedNotApplicablePatches?: number | undefined
  InstancesWithCriticalNonCompliantPatches?: number | undefined
  InstancesWithSecurityNonCompliantPatches?: number | undefined
  InstancesWithOtherNonCompliantPatches?: number | undefined
  InstancesWithAvailableSecurityUpdates?: number | undefined
}

export interface DescribePatchGroupsRequest {
  MaxResults?: number | undefined
  Filters?: PatchOrchestratorFilter[] | undefined
  NextToken?: string | undefined
}

export interface DescribePatchGroupsResult {
  Mappings?: PatchGroupPatchBaselineMapping[] | undefined
  NextToken?: string | undefined
}

export interface DescribePatchPropertiesRequest {
  OperatingSystem: OperatingSystem
  Property: PatchProperty
  PatchSet?: PatchSet | undefined
  MaxResults?: number | undefined
  NextToken?: string | undefined
}

export interface DescribePatchPropertiesResult {
  Properties?: Array<Record<string, string>> | undefined
  NextToken?: string | undefined
}

export interface DescribeSessionsRequest {
  State: SessionState
  MaxResults?: number | undefined
  NextToken?: string | undefined
  Filters?: SessionFilter[] | undefined
}

export interface DescribeSessionsResponse {
  Sessions?: Session[] | undefined
  NextToken?: string | undefined
}

export interface DetachGroupPolicyRequest {
  GroupName: string
  PolicyArn: string
}

export type DetachGroupPolicyResult = Record<string, never>

export interface DetachRolePolicyRequest {
  RoleName: string
  PolicyArn: string
}

export type DetachRolePolicyResult = Record<string, never>

export interface DetachUserPolicyRequest {
  UserName: string
  PolicyArn: string
}

export type DetachUserPolicyResult = Record<string, never>

export interface DisableKeyRequest {
  KeyId: string
}

export type DisableKeyResult = Record<string, never>

export interface DisableKeyRotationRequest {
  KeyId: string
}

export type DisableKeyRotationResult = Record<string, never>

export interface DisabledException {
  Message?: string | undefined
}

export interface DisassociateOpsItemRelatedItemRequest {
  OpsItemId: string
  AssociationId: string
}

export type DisassociateOpsItemRelatedItemResponse = Record<string, never>

export interface DocumentAlreadyExists {
  Message?: string | undefined
}

export interface DocumentDefaultVersionDescription {
  Name?: string | undefined
  DefaultVersion?: string | undefined
  DefaultVersionName?: string | undefined
}

export interface DocumentDescription {
  Sha1?: string | undefined
  Hash?: string | undefined
  HashType?: DocumentHashType | undefined
  Name?: string | undefined
  DisplayName?: string | undefined
  VersionName?: string | undefined
  Owner?: string | undefined
  CreatedDate?: number | undefined
  Status?: DocumentStatus | undefined
  StatusInformation?: string | undefined
  DocumentVersion?: string | undefined
  Description?: string | undefined
  Parameters?: DocumentParameter[] | undefined
  PlatformTypes?: PlatformType[] | undefined
  DocumentType?: DocumentType | undefined
  SchemaVersion?: string | undefined
  LatestVersion?: string | undefined
  DefaultVersion?: string | undefined
  DocumentFormat?: DocumentFormat | undefined
  TargetType?: string | undefined
  Tags?: Tag[] | undefined
  AttachmentsInformation?: AttachmentInformation[] | undefined
  Requires?: DocumentRequires[] | undefined
  Author?: string | undefined
  ReviewInformation?: ReviewInformation[] | undefined
  ApprovedVersion?: string | undefined
  PendingReviewVersion?: string | undefined
  ReviewStatus?: ReviewStatus | undefined
  Category?: string[] | undefined
  CategoryEnum?: string[] | undefined
}

export interface DocumentFilter {
  key: DocumentFilterKey
  value: string
}

export type DocumentFilterKey = 'Name' | 'Owner' | 'PlatformTypes' | 'DocumentType'

export type DocumentFormat = 'YAML' | 'JSON' | 'TEXT'

export type DocumentHashType = 'Sha256' | 'Sha1'

export interface DocumentIdentifier {
  Name?: string | undefined
  CreatedDate?: number | undefined
  DisplayName?: string | undefined
  Owner?: string | undefined
  VersionName?: string | undefined
  PlatformTypes?: PlatformType[] | undefined
  DocumentVersion?: string | undefined
  DocumentType?: DocumentType | undefined
  SchemaVersion?: string | undefined
  DocumentFormat?: DocumentFormat | undefined
  TargetType?: string | undefined
  Tags?: Tag[] | undefined
  Requires?: DocumentRequires[] | undefined
  ReviewStatus?: ReviewStatus | undefined
  Author?: string | undefined
}

export interface DocumentKeyValuesFilter {
  Key?: string | undefined
  Values?: string[] | undefined
}

export interface DocumentLimitExceeded {
  Message?: string | undefined
}

export type DocumentMetadataEnum = 'DocumentReviews'

export interface DocumentMetadataResponseInfo {
  ReviewerResponse?: DocumentReviewerResponseSource[] | undefined
}

export interface DocumentParameter {
  Name?: string | undefined
  Type?: DocumentParameterType | undefined
  Description?: string | undefined
  DefaultValue?: string | undefined
}

export type DocumentParameterType = 'String' | 'StringList'

export interface DocumentPermissionLimit {
  Message?: string | undefined
}

export type DocumentPermissionType = 'Share'

export interface DocumentRequires {
  Name: string
  Version?: string | undefined
  RequireType?: string | undefined
  VersionName?: string | undefined
}

export type DocumentReviewAction = 'SendForReview' | 'UpdateReview' | 'Approve' | 'Reject'

export interface DocumentReviewCommentSource {
  Type?: DocumentReviewCommentType | undefined
  Content?: string | undefined
}

export type DocumentReviewCommentType = 'Comment'

export interface DocumentReviewerResponseSource {
  CreateTime?: number | undefined
  UpdatedTime?: number | undefined
  ReviewStatus?: ReviewStatus | undefined
  Comment?: DocumentReviewCommentSource[] | undefined
  Reviewer?: string | undefined
}

export interface DocumentReviews {
  Action: DocumentReviewAction
  Comment?: DocumentReviewCommentSource[] | undefined
}

export type DocumentStatus = 'Creating' | 'Active' | 'Updating' | 'Deleting' | 'Failed'

export type DocumentType = 'Command' | 'Policy' | 'Automation' | 'Session' | 'Package' | 'ApplicationConfiguration' | 'ApplicationConfigurationSchema' | 'DeploymentStrategy' | 'ChangeCalendar' | 'Automation.ChangeTemplate' | 'ProblemAnalysis' | 'ProblemAnalysisTemplate' | 'CloudFormation' | 'ConformancePackTemplate' | 'QuickSetup' | 'ManualApprovalPolicy' | 'AutoApprovalPolicy'

export interface DocumentVersionInfo {
  Name?: string | undefined
  DisplayName?: string | undefined
  DocumentVersion?: string | undefined
  VersionName?: string | undefined
  CreatedDate?: number | undefined
  IsDefaultVersion?: boolean | undefined
  DocumentFormat?: DocumentFormat | undefined
  Status?: DocumentStatus | undefined
  StatusInformation?: string | undefined
  ReviewStatus?: ReviewStatus | undefined
}

export interface DocumentVersionLimitExceeded {
  Message?: string | undefined
}

export interface DoesNotExistException {
  Message?: string | undefined
}

export interface DuplicateDocumentContent {
  Message?: string | undefined
}

export interface DuplicateDocumentVersionName {
  Message?: string | undefined
}

export type DuplicateInstanceId = Record<string, never>

export interface EffectivePatch {
  Patch?: Patch | undefined
  PatchStatus?: PatchStatus | undefined
}

export interface EnableKeyRequest {
  KeyId: string
}

export type EnableKeyResult = Record<string, never>

export interface EnableKeyRotationRequest {
  KeyId: string
  RotationPeriodInDays?: number | undefined
}

export type EnableKeyRotationResult = Record<string, never>

export interface EnableMFADeviceRequest {
  UserName: string
  SerialNumber: string
  AuthenticationCode1: string
  AuthenticationCode2: string
}

export type EnableMFADeviceResult = Record<string, never>

export type EnrolmentPlatform = 'linux' | 'windows'

export interface EntityAlreadyExists {
  message?: string | undefined
}

export type EvaluationDecision = 'allowed' | 'explicitDeny' | 'implicitDeny'

export interface EvaluationResult {
  EvalActionName: string
  EvalResourceName: string
  EvalDecision: EvaluationDecision
  MatchedStatements: MatchedStatement[]
  MissingContextValues: string[]
  Sentence: string
}

export interface ExecutionInputs {
  Automation?: AutomationExecutionInputs | undefined
}

export type ExecutionMode = 'Auto' | 'Interactive'

export interface ExecutionPreview {
  Automation?: AutomationExecutionPreview | undefined
}

export type ExecutionPreviewStatus = 'Pending' | 'InProgress' | 'Success' | 'Failed'

export interface ExplainDecision {
  Kind: string
  Result: ExplainDecisionResult
  Code: string
  Parameters: Record<string, string>
  At?: number | undefined
}

export type ExplainDecisionResult = 'Passed' | 'Blocked' | 'NotReached'

export interface ExplainRequest {
  Subject: ExplainSubject
  At?: number | undefined
}

export interface ExplainResult {
  Sentence: string
  Decisions: ExplainDecision[]
}

export interface ExplainSubject {
  Type: ExplainSubjectType
  Id: string
  InstanceId?: string | undefined
}

export type ExplainSubjectType = 'Command' | 'Invocation'

export type ExternalAlarmState = 'UNKNOWN' | 'ALARM'

export interface FailedCreateAssociation {
  Entry?: CreateAssociationBatchRequestEntry | undefined
  Message?: string | undefined
  Fault?: Fault | undefined
}

export interface FailureDetails {
  FailureStage?: string | undefined
  FailureType?: string | undefined
  Details?: Record<string, string[]> | undefined
}

export type Fault = 'Client' | 'Server' | 'Unknown'

export interface FeatureNotAvailableException {
  Message?: string | undefined
}

export interface GcpConfiguration {
  OrganizationId?: string | undefined
  WorkloadIdentityPoolProvider: string
  ServiceAccountEmail: string
  Targets?: GcpConfigurationTargets | undefined
}

export interface GcpConfigurationTargets {
  Projects?: GcpProject[] | undefined
}

export interface GcpProject {
  ProjectId: string
  ProjectDisplayName?: string | undefined
}

export interface GetAccessKeyInfoRequest {
  AccessKeyId: string
}

export interface GetAccessKeyInfoResult {
  Account: string
}

export interface GetAccessKeyLastUsedRequest {
  AccessKeyId: string
}

export interface GetAccessKeyLastUsedResult {
  UserName?: string | undefined
  AccessKeyLastUsed: AccessKeyLastUsed
}

export interface GetAccessTokenRequest {
  AccessRequestId: string
}

export interface GetAccessTokenResponse {
  Credentials?: Credentials | undefined
  AccessRequestStatus?: AccessRequestStatus | undefined
}

export interface GetAutomationExecutionRequest {
  AutomationExecutionId: string
}

export interface GetAutomationExecutionResult {
  AutomationExecution?: AutomationExecution | undefined
}

export interface GetCalendarStateRequest {
  CalendarNames: string[]
  AtTime?: string | undefined
}

export interface GetCalendarStateResponse {
  State?: CalendarState | undefined
  AtTime?: string | undefined
  NextTransitionTime?: string | undefined
}

export type GetCallerIdentityRequest = Record<string, never>

export interface GetCallerIdentityResult {
  UserId: string
  Account: string
  Arn: string
}

export interface GetCloudConnectorRequest {
  CloudConnectorId: string
}

export interface GetCloudConnectorResult {
  CloudConnectorArn?: string | undefined
  DisplayName?: string | undefined
  Description?: string | undefined
  RoleArn?: string | undefined
  Configuration?: CloudConnectorConfiguration | undefined
  ConfigConnectorArn?: string | undefined
  CreatedAt?: number | undefined
  UpdatedAt?: number | undefined
}

export interface GetCommandInvocationRequest {
  CommandId: string
  InstanceId: string
  PluginName?: string | undefined
}

export interface GetCommandInvocationResult {
  CommandId?: string | undefined
  InstanceId?: string | undefined
  Comment?: string | undefined
  DocumentName?: string | undefined
  DocumentVersion?: string | undefined
  PluginName?: string | undefined
  ResponseCode?: number | undefined
  ExecutionStartDateTime?: string | undefined
  ExecutionElapsedTime?: string | undefined
  ExecutionEndDateTime?: string | undefined
  Status?: CommandInvocationStatus | undefined
  StatusDetails?: string | undefined
  StandardOutputContent?: string | undefined
  StandardOutputUrl?: string | undefined
  StandardErrorContent?: string | undefined
  StandardErrorUrl?: string | undefined
  CloudWatchOutputConfig?: CloudWatchOutputConfig | undefined
}

export interface GetConnectionStatusRequest {
  Target: string
}

export interface GetConnectionStatusResponse {
  Target?: string | undefined
  Status?: ConnectionStatus | undefined
}

export interface GetDefaultPatchBaselineRequest {
  OperatingSystem?: OperatingSystem | undefined
}

export interface GetDefaultPatchBaselineResult {
  BaselineId?: string | undefined
  OperatingSystem?: OperatingSystem | undefined
}

export interface GetDeployablePatchSnapshotForInstanceRequest {
  InstanceId: string
  SnapshotId: string
  BaselineOverride?: BaselineOverride | undefined
  UseS3DualStackEndpoint?: boolean | undefined
}

export interface GetDeployablePatchSnapshotForInstanceResult {
  InstanceId?: string | undefined
  SnapshotId?: string | undefined
  SnapshotDownloadUrl?: string | undefined
  Product?: string | undefined
}

export interface GetDocumentRequest {
  Name: string
  VersionName?: string | undefined
  DocumentVersion?: string | undefined
  DocumentFormat?: DocumentFormat | undefined
}

export interface GetDocumentResult {
  Name?: string | undefined
  CreatedDate?: number | undefined
  DisplayName?: string | undefined
  VersionName?: string | undefined
  DocumentVersion?: string | undefined
  Status?: DocumentStatus | undefined
  StatusInformation?: string | undefined
  Content?: string | undefined
  DocumentType?: DocumentType | undefined
  DocumentFormat?: DocumentFormat | undefined
  Requires?: DocumentRequires[] | undefined
  AttachmentsContent?: AttachmentContent[] | undefined
  ReviewStatus?: ReviewStatus | undefined
}

export interface GetExecutionPreviewRequest {
  ExecutionPreviewId: string
}

export interface GetExecutionPreviewResponse {
  ExecutionPreviewId?: string | undefined
  EndedAt?: number | undefined
  Status?: ExecutionPreviewStatus | undefined
  StatusMessage?: string | undefined
  ExecutionPreview?: ExecutionPreview | undefined
}

export interface GetGroupPolicyRequest {
  GroupName: string
  PolicyName: string
}

export interface GetGroupPolicyResult {
  GroupName: string
  PolicyName: string
  PolicyDocument: string
}

export interface GetGroupRequest {
  Group: string
}

export interface GetGroupResult {
  Group: ResourceGroup
  ResourceQuery: ResourceQuery
}

export interface GetInventoryRequest {
  Filters?: InventoryFilter[] | undefined
  Aggregators?: InventoryAggregator[] | undefined
  ResultAttributes?: ResultAttribute[] | undefined
  NextToken?: string | undefined
  MaxResults?: number | undefined
}

export interface GetInventoryResult {
  Entities?: InventoryResultEntity[] | undefined
  NextToken?: string | undefined
}

export interface GetInventorySchemaRequest {
  TypeName?: string | undefined
  NextToken?: string | undefined
  MaxResults?: number | undefined
  Aggregator?: boolean | undefined
  SubType?: boolean | undefined
}

export interface GetInventorySchemaResult {
  Schemas?: InventoryItemSchema[] | undefined
  NextToken?: string | undefined
}

export interface GetKeyRotationStatusRequest {
  KeyId: string
}

export interface GetKeyRotationStatusResult {
  KeyId?: string | undefined
  KeyRotationEnabled?: boolean | undefined
  RotationPeriodInDays?: number | undefined
  NextRotationDate?: number | undefined
}

export interface GetLoginProfileRequest {
  UserName?: string | undefined
}

export interface GetLoginProfileResult {
  LoginProfile: LoginProfile
}

export interface GetMaintenanceWindowExecutionRequest {
  WindowExecutionId: string
}

export interface GetMaintenanceWindowExecutionResult {
  WindowExecutionId?: string | undefined
  TaskIds?: string[] | undefined
  Status?: MaintenanceWindowExecutionStatus | undefined
  StatusDetails?: string | undefined
  StartTime?: number | undefined
  EndTime?: number | undefined
}

export interface GetMaintenanceWindowExecutionTaskInvocationRequest {
  WindowExecutionId: string
  TaskId: string
  InvocationId: string
}

export interface GetMaintenanceWindowExecutionTaskInvocationResult {
  WindowExecutionId?: string | undefined
  TaskExecutionId?: string | undefined
  InvocationId?: string | undefined
  ExecutionId?: string | undefined
  TaskType?: MaintenanceWindowTaskType | undefined
  Parameters?: string | undefined
  Status?: MaintenanceWindowExecutionStatus | undefined
  StatusDetails?: string | undefined
  StartTime?: number | undefined
  EndTime?: number | undefined
  OwnerInformation?: string | undefined
  WindowTargetId?: string | undefined
}

export interface GetMaintenanceWindowExecutionTaskRequest {
  WindowExecutionId: string
  TaskId: string
}

export interface GetMaintenanceWindowExecutionTaskResult {
  WindowExecutionId?: string | undefined
  TaskExecutionId?: string | undefined
  TaskArn?: string | undefined
  ServiceRole?: string | undefined
  Type?: MaintenanceWindowTaskType | undefined
  TaskParameters?: Array<Record<string, MaintenanceWindowTaskParameterValueExpression>> | undefined
  Priority?: number | undefined
  MaxConcurrency?: string | undefined
  MaxErrors?: string | undefined
  Status?: MaintenanceWindowExecutionStatus | undefined
  StatusDetails?: string | undefined
  StartTime?: number | undefined
  EndTime?: number | undefined
  AlarmConfiguration?: AlarmConfiguration | undefined
  TriggeredAlarms?: AlarmStateInformation[] | undefined
}

export interface GetMaintenanceWindowRequest {
  WindowId: string
}

export interface GetMaintenanceWindowResult {
  WindowId?: string | undefined
  Name?: string | undefined
  Description?: string | undefined
  StartDate?: string | undefined
  EndDate?: string | undefined
  Schedule?: string | undefined
  ScheduleTimezone?: string | undefined
  ScheduleOffset?: number | undefined
  NextExecutionTime?: string | undefined
  Duration?: number | undefined
  Cutoff?: number | undefined
  AllowUnassociatedTargets?: boolean | undefined
  Enabled?: boolean | undefined
  CreatedDate?: number | undefined
  ModifiedDate?: number | undefined
}

export interface GetMaintenanceWindowTaskRequest {
  WindowId: string
  WindowTaskId: string
}

export interface GetMaintenanceWindowTaskResult {
  WindowId?: string | undefined
  WindowTaskId?: string | undefined
  Targets?: Target[] | undefined
  TaskArn?: string | undefined
  ServiceRoleArn?: string | undefined
  TaskType?: MaintenanceWindowTaskType | undefined
  TaskParameters?: Record<string, MaintenanceWindowTaskParameterValueExpression> | undefined
  TaskInvocationParameters?: MaintenanceWindowTaskInvocationParameters | undefined
  Priority?: number | undefined
  MaxConcurrency?: string | undefined
  MaxErrors?: string | undefined
  LoggingInfo?: LoggingInfo | undefined
  Name?: string | undefined
  Description?: string | undefined
  CutoffBehavior?: MaintenanceWindowTaskCutoffBehavior | undefined
  AlarmConfiguration?: AlarmConfiguration | undefined
}

export interface GetOpsItemRequest {
  OpsItemId: string
  OpsItemArn?: string | undefined
}

export interface GetOpsItemResponse {
  OpsItem?: OpsItem | undefined
}

export interface GetOpsMetadataRequest {
  OpsMetadataArn: string
  MaxResults?: number | undefined
  NextToken?: string | undefined
}

export interface GetOpsMetadataResult {
  ResourceId?: string | undefined
  Metadata?: Record<string, MetadataValue> | undefined
  NextToken?: string | undefined
}

export interface GetOpsSummaryRequest {
  SyncName?: string | undefined
  Filters?: OpsFilter[] | undefined
  Aggregators?: OpsAggregator[] | undefined
  ResultAttributes?: OpsResultAttribute[] | undefined
  NextToken?: string | undefined
  MaxResults?: number | undefined
}

export interface GetOpsSummaryResult {
  Entities?: OpsEntity[] | undefined
  NextToken?: string | undefined
}

export interface GetOutputRequest {
  CommandId: string
  InstanceId: string
  PluginName?: string | undefined
  Stream: OutputStream
  Offset?: number | undefined
  MaxBytes?: number | undefined
  WaitSeconds?: number | undefined
}

export interface GetOutputResult {
  Data: string
  NextOffset: number
  TotalBytes: number
  DroppedBytes: number
  Complete: boolean
}

export interface GetParameterHistoryRequest {
  Name: string
  WithDecryption?: boolean | undefined
  MaxResults?: number | undefined
  NextToken?: string | undefined
}

export interface GetParameterHistoryResult {
  Parameters?: ParameterHistory[] | undefined
  NextToken?: string | undefined
}

export interface GetParameterRequest {
  Name: string
  WithDecryption?: boolean | undefined
}

export interface GetParameterResult {
  Parameter?: Parameter | undefined
}

export interface GetParametersByPathRequest {
  Path: string
  Recursive?: boolean | undefined
  ParameterFilters?: ParameterStringFilter[] | undefined
  WithDecryption?: boolean | undefined
  MaxResults?: number | undefined
  NextToken?: string | undefined
}

export interface GetParametersByPathResult {
  Parameters?: Parameter[] | undefined
  NextToken?: string | undefined
}

export interface GetParametersRequest {
  Names: string[]
  WithDecryption?: boolean | undefined
}

export interface GetParametersResult {
  Parameters?: Parameter[] | undefined
  InvalidParameters?: string[] | undefined
}

export interface GetPatchBaselineForPatchGroupRequest {
  PatchGroup: string
  OperatingSystem?: OperatingSystem | undefined
}

export interface GetPatchBaselineForPatchGroupResult {
  BaselineId?: string | undefined
  PatchGroup?: string | undefined
  OperatingSystem?: OperatingSystem | undefined
}

export interface GetPatchBaselineRequest {
  BaselineId: string
}

export interface GetPatchBaselineResult {
  BaselineId?: string | undefined
  Name?: string | undefined
  OperatingSystem?: OperatingSystem | undefined
  GlobalFilters?: PatchFilterGroup | undefined
  ApprovalRules?: PatchRuleGroup | undefined
  ApprovedPatches?: string[] | undefined
  ApprovedPatchesComplianceLevel?: PatchComplianceLevel | undefined
  ApprovedPatchesEnableNonSecurity?: boolean | undefined
  RejectedPatches?: string[] | undefined
  RejectedPatchesAction?: PatchAction | undefined
  PatchGroups?: string[] | undefined
  CreatedDate?: number | undefined
  ModifiedDate?: number | undefined
  Description?: string | undefined
  Sources?: PatchSource[] | undefined
  AvailableSecurityUpdatesComplianceStatus?: PatchComplianceStatus | undefined
}

export interface GetPolicyRequest {
  PolicyArn: string
}

export interface GetPolicyResult {
  Policy: ManagedPolicy
}

export interface GetPolicyVersionRequest {
  PolicyArn: string
  VersionId: string
}

export interface GetPolicyVersionResult {
  PolicyVersion: ManagedPolicyVersion
}

export interface GetResourcePoliciesRequest {
  ResourceArn: string
  NextToken?: string | undefined
  MaxResults?: number | undefined
}

export interface GetResourcePoliciesResponse {
  NextToken?: string | undefined
  Policies?: GetResourcePoliciesResponseEntry[] | undefined
}

export interface GetResourcePoliciesResponseEntry {
  PolicyId?: string | undefined
  PolicyHash?: string | undefined
  Policy?: string | undefined
}

export interface GetRolePolicyRequest {
  RoleName: string
  PolicyName: string
}

export interface GetRolePolicyResult {
  RoleName: string
  PolicyName: string
  PolicyDocument: string
}

export interface GetRoleRequest {
  RoleName: string
}

export interface GetRoleResult {
  Role: Role
}

export interface GetRunProofRequest {
  CommandId: string
  InstanceId: string
}

export interface GetRunProofResult {
  Record: string
  Signature: string
  PublicKey: string
  NodeId: string
  Envelope: string
}

export interface GetServiceSettingRequest {
  SettingId: string
}

export interface GetServiceSettingResult {
  ServiceSetting?: ServiceSetting | undefined
}

export interface GetSessionTokenRequest {
  DurationSeconds?: number | undefined
  SerialNumber?: string | undefined
  TokenCode?: string | undefined
}

export interface GetSessionTokenResult {
  Credentials: TemporaryCredentials
}

export interface GetUserGroupRequest {
  GroupName: string
  Marker?: string | undefined
  MaxItems?: number | undefined
}

export interface GetUserGroupResult {
  Group: UserGroup
  Users: User[]
  IsTruncated: boolean
  Marker?: string | undefined
}

export interface GetUserPolicyRequest {
  UserName: string
  PolicyName: string
}

export interface GetUserPolicyResult {
  UserName: string
  PolicyName: string
  PolicyDocument: string
}

export interface GetUserRequest {
  UserName?: string | undefined
}

export interface GetUserResult {
  User: User
}

export interface HierarchyLevelLimitExceededException {
  message?: string | undefined
}

export interface HierarchyTypeMismatchException {
  message?: string | undefined
}

export interface IdempotentParameterMismatch {
  Message?: string | undefined
}

export interface IncompatiblePolicyException {
  message?: string | undefined
}

export interface InstanceAggregatedAssociationOverview {
  DetailedStatus?: string | undefined
  InstanceAssociationStatusAggregatedCount?: Record<string, number> | undefined
}

export interface InstanceAssociation {
  AssociationId?: string | undefined
  InstanceId?: string | undefined
  Content?: string | undefined
  AssociationVersion?: string | undefined
}

export interface InstanceAssociationOutputLocation {
  S3Location?: S3OutputLocation | undefined
}

export interface InstanceAssociationOutputUrl {
  S3OutputUrl?: S3OutputUrl | undefined
}

export interface InstanceAssociationStatusInfo {
  AssociationId?: string | undefined
  Name?: string | undefined
  DocumentVersion?: string | undefined
  AssociationVersion?: string | undefined
  InstanceId?: string | undefined
  ExecutionDate?: number | undefined
  Status?: string | undefined
  DetailedStatus?: string | undefined
  ExecutionSummary?: string | undefined
  ErrorCode?: string | undefined
  OutputUrl?: InstanceAssociationOutputUrl | undefined
  AssociationName?: string | undefined
}

export interface InstanceInfo {
  AgentType?: string | undefined
  AgentVersion?: string | undefined
  ComputerName?: string | undefined
  InstanceStatus?: string | undefined
  IpAddress?: string | undefined
  ManagedStatus?: ManagedStatus | undefined
  Name?: string | undefined
  PlatformType?: PlatformType | undefined
  PlatformName?: string | undefined
  PlatformVersion?: string | undefined
  ResourceType?: ResourceType | undefined
  SourceType?: SourceType | undefined
  SourceId?: string | undefined
  SourceLocation?: string | undefined
  AvailabilityZone?: string | undefined
  AvailabilityZoneId?: string | undefined
}

export interface InstanceInformation {
  InstanceId?: string | undefined
  PingStatus?: PingStatus | undefined
  LastPingDateTime?: number | undefined
  AgentVersion?: string | undefined
  IsLatestVersion?: boolean | undefined
  PlatformType?: PlatformType | undefined
  PlatformName?: string | undefined
  PlatformVersion?: string | undefined
  ActivationId?: string | undefined
  IamRole?: string | undefined
  RegistrationDate?: number | undefined
  ResourceType?: ResourceType | undefined
  Name?: string | undefined
  IPAddress?: string | undefined
  ComputerName?: string | undefined
  AssociationStatus?: string | undefined
  LastAssociationExecutionDate?: number | undefined
  LastSuccessfulAssociationExecutionDate?: number | undefined
  AssociationOverview?: InstanceAggregatedAssociationOverview | undefined
  SourceId?: string | undefined
  SourceType?: SourceType | undefined
  SourceLocation?: string | undefined
}

export interface InstanceInformationFilter {
  key: InstanceInformationFilterKey
  valueSet: string[]
}

export type InstanceInformationFilterKey = 'InstanceIds' | 'AgentVersion' | 'PingStatus' | 'PlatformTypes' | 'ActivationIds' | 'IamRole' | 'ResourceType' | 'AssociationStatus'

export interface InstanceInformationStringFilter {
  Key: string
  Values: string[]
}

export interface InstancePatchState {
  InstanceId: string
  PatchGroup: string
  BaselineId: string
  SnapshotId?: string | undefined
  InstallOverrideList?: string | undefined
  OwnerInformation?: string | undefined
  InstalledCount?: number | undefined
  InstalledOtherCount?: number | undefined
  InstalledPendingRebootCount?: number | undefined
  InstalledRejectedCount?: number | undefined
  MissingCount?: number | undefined
  FailedCount?: number | undefined
  UnreportedNotApplicableCount?: number | undefined
  NotApplicableCount?: number | undefined
  AvailableSecurityUpdateCount?: number | undefined
  OperationStartTime: number
  OperationEndTime: number
  Operation: PatchOperationType
  LastNoRebootInstallOperationTime?: number | undefined
  RebootOption?: RebootOption | undefined
  CriticalNonCompliantCount?: number | undefined
  SecurityNonCompliantCount?: number | undefined
  OtherNonCompliantCount?: number | undefined
}

export interface InstancePatchStateFilter {
  Key: string
  Values: string[]
  Type: InstancePatchStateOperatorType
}

export type InstancePatchStateOperatorType = 'Equal' | 'NotEqual' | 'LessThan' | 'GreaterThan'

export interface InstanceProperty {
  Name?: string | undefined
  InstanceId?: string | undefined
  InstanceType?: string | undefined
  InstanceRole?: string | undefined
  KeyName?: string | undefined
  InstanceState?: string | undefined
  Architecture?: string | undefined
  IPAddress?: string | undefined
  LaunchTime?: number | undefined
  PingStatus?: PingStatus | undefined
  LastPingDateTime?: number | undefined
  AgentVersion?: string | undefined
  PlatformType?: PlatformType | undefined
  PlatformName?: string | undefined
  PlatformVersion?: string | undefined
  ActivationId?: string | undefined
  IamRole?: string | undefined
  RegistrationDate?: number | undefined
  ResourceType?: string | undefined
  ComputerName?: string | undefined
  AssociationStatus?: string | undefined
  LastAssociationExecutionDate?: number | undefined
  LastSuccessfulAssociationExecutionDate?: number | undefined
  AssociationOverview?: InstanceAggregatedAssociationOverview | undefined
  SourceId?: string | undefined
  SourceType?: SourceType | undefined
  SourceLocation?: string | undefined
  AvailabilityZone?: string | undefined
}

export interface InstancePropertyFilter {
  key: InstancePropertyFilterKey
  valueSet: string[]
}

export type InstancePropertyFilterKey = 'InstanceIds' | 'AgentVersion' | 'PingStatus' | 'PlatformTypes' | 'DocumentName' | 'ActivationIds' | 'IamRole' | 'ResourceType' | 'AssociationStatus'

export type InstancePropertyFilterOperator = 'Equal' | 'NotEqual' | 'BeginWith' | 'LessThan' | 'GreaterThan'

export interface InstancePropertyStringFilter {
  Key: string
  Values: string[]
  Operator?: InstancePropertyFilterOperator | undefined
}

export interface InternalServerError {
  Message?: string | undefined
}

export interface InvalidActivation {
  Message?: string | undefined
}

export interface InvalidActivationId {
  Message?: string | undefined
}

export interface InvalidAggregatorException {
  Message?: string | undefined
}

export interface InvalidAliasNameException {
  Message?: string | undefined
}

export interface InvalidAllowedPatternException {
  message?: string | undefined
}

export interface InvalidAssociation {
  Message?: string | undefined
}

export interface InvalidAssociationVersion {
  Message?: string | undefined
}

export interface InvalidAuthenticationCode {
  message?: string | undefined
}

export interface InvalidAutomationExecutionParametersException {
  Message?: string | undefined
}

export interface InvalidAutomationSignalException {
  Message?: string | undefined
}

export interface InvalidAutomationStatusUpdateException {
  Message?: string | undefined
}

export type InvalidCommandId = Record<string, never>

export interface InvalidDeleteInventoryParametersException {
  Message?: string | undefined
}

export interface InvalidDeletionIdException {
  Message?: string | undefined
}

export interface InvalidDocument {
  Message?: string | undefined
}

export interface InvalidDocumentContent {
  Message?: string | undefined
}

export interface InvalidDocumentOperation {
  Message?: string | undefined
}

export interface InvalidDocumentSchemaVersion {
  Message?: string | undefined
}

export interface InvalidDocumentType {
  Message?: string | undefined
}

export interface InvalidDocumentVersion {
  Message?: string | undefined
}

export interface InvalidFilter {
  Message?: string | undefined
}

export type InvalidFilterKey = Record<string, never>

export interface InvalidFilterOption {
  message?: string | undefined
}

export interface InvalidFilterValue {
  Message?: string | undefined
}

export interface InvalidInput {
  message?: string | undefined
}

export interface InvalidInstanceId {
  Message?: string | undefined
}

export interface InvalidInstanceInformationFilterValue {
  message?: string | undefined
}

export interface InvalidInstancePropertyFilterValue {
  message?: string | undefined
}

export interface InvalidInventoryGroupException {
  Message?: string | undefined
}

export interface InvalidInventoryItemContextException {
  Message?: string | undefined
}

export interface InvalidInventoryRequestException {
  Message?: string | undefined
}

export interface InvalidItemContentException {
  TypeName?: string | undefined
  Message?: string | undefined
}

export interface InvalidKeyId {
  message?: string | undefined
}

export interface InvalidMarkerException {
  Message?: string | undefined
}

export interface InvalidNextToken {
  Message?: string | undefined
}

export interface InvalidNotificationConfig {
  Message?: string | undefined
}

export interface InvalidOptionException {
  Message?: string | undefined
}

export type InvalidOutputFolder = Record<string, never>

export type InvalidOutputLocation = Record<string, never>

export interface InvalidParameters {
  Message?: string | undefined
}

export interface InvalidPermissionType {
  Message?: string | undefined
}

export type InvalidPluginName = Record<string, never>

export interface InvalidPolicyAttributeException {
  message?: string | undefined
}

export interface InvalidPolicyTypeException {
  message?: string | undefined
}

export type InvalidResourceId = Record<string, never>

export type InvalidResourceType = Record<string, never>

export interface InvalidResultAttributeException {
  Message?: string | undefined
}

export interface InvalidRole {
  Message?: string | undefined
}

export interface InvalidSchedule {
  Message?: string | undefined
}

export interface InvalidTag {
  Message?: string | undefined
}

export interface InvalidTarget {
  Message?: string | undefined
}

export interface InvalidTargetMaps {
  Message?: string | undefined
}

export interface InvalidTypeNameException {
  Message?: string | undefined
}

export interface InvalidUpdate {
  Message?: string | undefined
}

export interface InvalidUserType {
  message?: string | undefined
}

export interface InventoryAggregator {
  Expression?: string | undefined
  Aggregators?: InventoryAggregator[] | undefined
  Groups?: InventoryGroup[] | undefined
}

export type InventoryAttributeDataType = 'string' | 'number'

export type InventoryDeletionStatus = 'InProgress' | 'Complete'

export interface InventoryDeletionStatusItem {
  DeletionId?: string | undefined
  TypeName?: string | undefined
  DeletionStartTime?: number | undefined
  LastStatus?: InventoryDeletionStatus | undefined
  LastStatusMessage?: string | undefined
  DeletionSummary?: InventoryDeletionSummary | undefined
  LastStatusUpdateTime?: number | undefined
}

export interface InventoryDeletionSummary {
  TotalCount?: number | undefined
  RemainingCount?: number | undefined
  SummaryItems?: InventoryDeletionSummaryItem[] | undefined
}

export interface InventoryDeletionSummaryItem {
  Version?: string | undefined
  Count?: number | undefined
  RemainingCount?: number | undefined
}

export interface InventoryFilter {
  Key: string
  Values: string[]
  Type?: InventoryQueryOperatorType | undefined
}

export interface InventoryGroup {
  Name: string
  Filters: InventoryFilter[]
}

export interface InventoryItem {
  TypeName: string
  SchemaVersion: string
  CaptureTime: string
  ContentHash?: string | undefined
  Content?: Array<Record<string, string>> | undefined
  Context?: Record<string, string> | undefined
}

export interface InventoryItemAttribute {
  Name: string
  DataType: InventoryAttributeDataType
}

export interface InventoryItemSchema {
  TypeName: string
  Version?: string | undefined
  Attributes: InventoryItemAttribute[]
  DisplayName?: string | undefined
}

export type InventoryQueryOperatorType = 'Equal' | 'NotEqual' | 'BeginWith' | 'LessThan' | 'GreaterThan' | 'Exists'

export interface InventoryResultEntity {
  Id?: string | undefined
  Data?: Record<string, InventoryResultItem> | undefined
}

export interface InventoryResultItem {
  TypeName: string
  SchemaVersion: string
  CaptureTime?: string | undefined
  ContentHash?: string | undefined
  Content: Array<Record<string, string>>
}

export type InventorySchemaDeleteOption = 'DisableSchema' | 'DeleteSchema'

export type InvocationDoesNotExist = Record<string, never>

export interface ItemContentMismatchException {
  TypeName?: string | undefined
  Message?: string | undefined
}

export interface ItemSizeLimitExceededException {
  TypeName?: string | undefined
  Message?: string | undefined
}

export interface KMSInvalidStateException {
  Message?: string | undefined
}

export interface KeyAliasListEntry {
  AliasName?: string | undefined
  AliasArn?: string | undefined
  TargetKeyId?: string | undefined
  CreationDate?: number | undefined
  LastUpdatedDate?: number | undefined
}

export interface KeyListEntry {
  KeyId?: string | undefined
  KeyArn?: string | undefined
}

export type KeyManager = 'AWS' | 'CUSTOMER'

export interface KeyMetadata {
  AWSAccountId: string
  KeyId: string
  Arn: string
  CreationDate: number
  Enabled: boolean
  Description?: string | undefined
  KeyUsage?: KeyUsageType | undefined
  KeyState: KeyState
  DeletionDate?: number | undefined
  KeyManager?: KeyManager | undefined
  KeySpec?: KeySpec | undefined
  KeyVersion?: number | undefined
  SealedValues?: number | undefined
  ValuesToRewrap?: number | undefined
}

export interface KeyRotationListEntry {
  KeyId?: string | undefined
  RotationDate?: number | undefined
  RotationType?: KeyRotationType | undefined
}

export type KeyRotationType = 'AUTOMATIC' | 'ON_DEMAND'

export type KeySpec = 'SYMMETRIC_DEFAULT'

export type KeyState = 'Enabled' | 'Disabled' | 'PendingDeletion'

export type KeyUsageType = 'ENCRYPT_DECRYPT'

export interface LabelParameterVersionRequest {
  Name: string
  ParameterVersion?: number | undefined
  Labels: string[]
}

export interface LabelParameterVersionResult {
  InvalidLabels?: string[] | undefined
  ParameterVersion?: number | undefined
}

export type LastResourceDataSyncStatus = 'Successful' | 'Failed' | 'InProgress'

export interface LimitExceeded {
  message?: string | undefined
}

export interface LimitExceededException {
  Message?: string | undefined
}

export interface ListAccessKeysRequest {
  UserName?: string | undefined
  Marker?: string | undefined
  MaxItems?: number | undefined
}

export interface ListAccessKeysResult {
  AccessKeyMetadata: AccessKeyMetadata[]
  IsTruncated: boolean
  Marker?: string | undefined
}

export interface ListAliasesRequest {
  KeyId?: string | undefined
  Limit?: number | undefined
  Marker?: string | undefined
}

export interface ListAliasesResult {
  Aliases?: KeyAliasListEntry[] | undefined
  NextMarker?: string | undefined
  Truncated?: boolean | undefined
}

export interface ListAssociationVersionsRequest {
  AssociationId: string
  MaxResults?: number | undefined
  NextToken?: string | undefined
}

export interface ListAssociationVersionsResult {
  AssociationVersions?: AssociationVersionInfo[] | undefined
  NextToken?: string | undefined
}

export interface ListAssociationsRequest {
  AssociationFilterList?: AssociationFilter[] | undefined
  MaxResults?: number | undefined
  NextToken?: string | undefined
}

export interface ListAssociationsResult {
  Associations?: Association[] | undefined
  NextToken?: string | undefined
}

export interface ListAttachedGroupPoliciesRequest {
  GroupName: string
  PathPrefix?: string | undefined
  Marker?: string | undefined
  MaxItems?: number | undefined
}

export interface ListAttachedGroupPoliciesResult {
  AttachedPolicies: AttachedPolicy[]
  IsTruncated: boolean
  Marker?: string | undefined
}

export interface ListAttachedRolePoliciesRequest {
  RoleName: string
  PathPrefix?: string | undefined
  Marker?: string | undefined
  MaxItems?: number | undefined
}

export interface ListAttachedRolePoliciesResult {
  AttachedPolicies: AttachedPolicy[]
  IsTruncated: boolean
  Marker?: string | undefined
}

export interface ListAttachedUserPoliciesRequest {
  UserName: string
  PathPrefix?: string | undefined
  Marker?: string | undefined
  MaxItems?: number | undefined
}

export interface ListAttachedUserPoliciesResult {
  AttachedPolicies: AttachedPolicy[]
  IsTruncated: boolean
  Marker?: string | undefined
}

export interface ListAuditEventsRequest {
  PrincipalArn?: string | undefined
  Operation?: string | undefined
  Action?: string | undefined
  Resource?: string | undefined
  Decision?: AuditDecision | undefined
  Result?: string | undefined
  RequestId?: string | undefined
  StartTime?: number | undefined
  EndTime?: number | undefined
  MaxResults?: number | undefined
  NextToken?: string | undefined
}

export interface ListAuditEventsResult {
  Events: AuditEvent[]
  NextToken?: string | undefined
}

export interface ListCloudConnectorsRequest {
  MaxResults?: number | undefined
  NextToken?: string | undefined
  Filters?: CloudConnectorFilter[] | undefined
}

export interface ListCloudConnectorsResult {
  CloudConnectors?: CloudConnectorSummary[] | undefined
  NextToken?: string | undefined
}

export interface ListCommandInvocationsRequest {
  CommandId?: string | undefined
  InstanceId?: string | undefined
  MaxResults?: number | undefined
  NextToken?: string | undefined
  Filters?: CommandFilter[] | undefined
  Details?: boolean | undefined
}

export interface ListCommandInvocationsResult {
  CommandInvocations?: CommandInvocation[] | undefined
  NextToken?: string | undefined
}

export interface ListCommandsRequest {
  CommandId?: string | undefined
  InstanceId?: string | undefined
  MaxResults?: number | undefined
  NextToken?: string | undefined
  Filters?: CommandFilter[] | undefined
}

export interface ListCommandsResult {
  Commands?: Command[] | undefined
  NextToken?: string | undefined
}

export interface ListComplianceItemsRequest {
  Filters?: ComplianceStringFilter[] | undefined
  ResourceIds?: string[] | undefined
  ResourceTypes?: string[] | undefined
  NextToken?: string | undefined
  MaxResults?: number | undefined
}

export interface ListComplianceItemsResult {
  ComplianceItems?: ComplianceItem[] | undefined
  NextToken?: string | undefined
}

export interface ListComplianceSummariesRequest {
  Filters?: ComplianceStringFilter[] | undefined
  NextToken?: string | undefined
  MaxResults?: number | undefined
}

export interface ListComplianceSummariesResult {
  ComplianceSummaryItems?: ComplianceSummaryItem[] | undefined
  NextToken?: string | undefined
}

export interface ListDocumentMetadataHistoryRequest {
  Name: string
  DocumentVersion?: string | undefined
  Metadata: DocumentMetadataEnum
  NextToken?: string | undefined
  MaxResults?: number | undefined
}

export interface ListDocumentMetadataHistoryResponse {
  Name?: string | undefined
  DocumentVersion?: string | undefined
  Author?: string | undefined
  Metadata?: DocumentMetadataResponseInfo | undefined
  NextToken?: string | undefined
}

export interface ListDocumentVersionsRequest {
  Name: string
  MaxResults?: number | undefined
  NextToken?: string | undefined
}

export interface ListDocumentVersionsResult {
  DocumentVersions?: DocumentVersionInfo[] | undefined
  NextToken?: string | undefined
}

export interface ListDocumentsRequest {
  DocumentFilterList?: DocumentFilter[] | undefined
  Filters?: DocumentKeyValuesFilter[] | undefined
  MaxResults?: number | undefined
  NextToken?: string | undefined
}

export interface ListDocumentsResult {
  DocumentIdentifiers?: DocumentIdentifier[] | undefined
  NextToken?: string | undefined
}

export interface ListEntitiesForPolicyRequest {
  PolicyArn: string
  EntityFilter?: PolicyEntityFilter | undefined
  PathPrefix?: string | undefined
  Marker?: string | undefined
  MaxItems?: number | undefined
}

export interface ListEntitiesForPolicyResult {
  PolicyGroups: PolicyGroupEntity[]
  PolicyUsers: PolicyUserEntity[]
  PolicyRoles: PolicyRoleEntity[]
  IsTruncated: boolean
  Marker?: string | undefined
}

export interface ListGroupPoliciesRequest {
  GroupName: string
  Marker?: string | undefined
  MaxItems?: number | undefined
}

export interface ListGroupPoliciesResult {
  PolicyNames: string[]
  IsTruncated: boolean
  Marker?: string | undefined
}

export interface ListGroupsForUserRequest {
  UserName: string
  Marker?: string | undefined
  MaxItems?: number | undefined
}

export interface ListGroupsForUserResult {
  Groups: UserGroup[]
  IsTruncated: boolean
  Marker?: string | undefined
}

export interface ListGroupsRequest {
  MaxResults?: number | undefined
  NextToken?: string | undefined
}

export interface ListGroupsResult {
  GroupIdentifiers: ResourceGroupIdentifier[]
  NextToken?: string | undefined
}

export interface ListInventoryEntriesRequest {
  InstanceId: string
  TypeName: string
  Filters?: InventoryFilter[] | undefined
  NextToken?: string | undefined
  MaxResults?: number | undefined
}

export interface ListInventoryEntriesResult {
  TypeName?: string | undefined
  InstanceId?: string | undefined
  SchemaVersion?: string | undefined
  CaptureTime?: string | undefined
  Entries?: Array<Record<string, string>> | undefined
  NextToken?: string | undefined
}

export interface ListKeyRotationsRequest {
  KeyId: string
  Limit?: number | undefined
  Marker?: string | undefined
}

export interface ListKeyRotationsResult {
  Rotations?: KeyRotationListEntry[] | undefined
  NextMarker?: string | undefined
  Truncated?: boolean | undefined
}

export interface ListKeysRequest {
  Limit?: number | undefined
  Marker?: string | undefined
}

export interface ListKeysResult {
  Keys?: KeyListEntry[] | undefined
  NextMarker?: string | undefined
  Truncated?: boolean | undefined
}

export interface ListMFADevicesRequest {
  UserName?: string | undefined
  Marker?: string | undefined
  MaxItems?: number | undefined
}

export interface ListMFADevicesResult {
  MFADevices: MFADevice[]
  IsTruncated: boolean
  Marker?: string | undefined
}

export interface ListNodesRequest {
  SyncName?: string | undefined
  Filters?: NodeFilter[] | undefined
  NextToken?: string | undefined
  MaxResults?: number | undefined
}

export interface ListNodesResult {
  Nodes?: Node[] | undefined
  NextToken?: string | undefined
}

export interface ListNodesSummaryRequest {
  SyncName?: string | undefined
  Filters?: NodeFilter[] | undefined
  Aggregators: NodeAggregator[]
  NextToken?: string | undefined
  MaxResults?: number | undefined
}

export interface ListNodesSummaryResult {
  Summary?: Array<Record<string, string>> | undefined
  NextToken?: string | undefined
}

export interface ListOpsItemEventsRequest {
  Filters?: OpsItemEventFilter[] | undefined
  MaxResults?: number | undefined
  NextToken?: string | undefined
}

export interface ListOpsItemEventsResponse {
  NextToken?: string | undefined
  Summaries?: OpsItemEventSummary[] | undefined
}

export interface ListOpsItemRelatedItemsRequest {
  OpsItemId?: string | undefined
  Filters?: OpsItemRelatedItemsFilter[] | undefined
  MaxResults?: number | undefined
  NextToken?: string | undefined
}

export interface ListOpsItemRelatedItemsResponse {
  NextToken?: string | undefined
  Summaries?: OpsItemRelatedItemSummary[] | undefined
}

export interface ListOpsMetadataRequest {
  Filters?: OpsMetadataFilter[] | undefined
  MaxResults?: number | undefined
  NextToken?: string | undefined
}

export interface ListOpsMetadataResult {
  OpsMetadataList?: OpsMetadata[] | undefined
  NextToken?: string | undefined
}

export interface ListPoliciesRequest {
  Scope?: PolicyScope | undefined
  OnlyAttached?: boolean | undefined
  PathPrefix?: string | undefined
  Marker?: string | undefined
  MaxItems?: number | undefined
}

export interface ListPoliciesResult {
  Policies: ManagedPolicy[]
  IsTruncated: boolean
  Marker?: string | undefined
}

export interface ListPolicyVersionsRequest {
  PolicyArn: string
  Marker?: string | undefined
  MaxItems?: number | undefined
}

export interface ListPolicyVersionsResult {
  Versions: ManagedPolicyVersion[]
  IsTruncated: boolean
  Marker?: string | undefined
}

export interface ListResourceComplianceSummariesRequest {
  Filters?: ComplianceStringFilter[] | undefined
  NextToken?: string | undefined
  MaxResults?: number | undefined
}

export interface ListResourceComplianceSummariesResult {
  ResourceComplianceSummaryItems?: ResourceComplianceSummaryItem[] | undefined
  NextToken?: string | undefined
}

export interface ListResourceDataSyncRequest {
  SyncType?: string | undefined
  NextToken?: string | undefined
  MaxResults?: number | undefined
}

export interface ListResourceDataSyncResult {
  ResourceDataSyncItems?: ResourceDataSyncItem[] | undefined
  NextToken?: string | undefined
}

export interface ListResourceTagsRequest {
  KeyId: string
}

export interface ListResourceTagsResult {
  Tags?: Tag[] | undefined
  Truncated?: boolean | undefined
}

export interface ListRolePoliciesRequest {
  RoleName: string
  Marker?: string | undefined
  MaxItems?: number | undefined
}

export interface ListRolePoliciesResult {
  PolicyNames: string[]
  IsTruncated: boolean
  Marker?: string | undefined
}

export interface ListRoleTagsRequest {
  RoleName: string
  Marker?: string | undefined
  MaxItems?: number | undefined
}

export interface ListRoleTagsResult {
  Tags: Tag[]
  IsTruncated: boolean
  Marker?: string | undefined
}

export interface ListRolesRequest {
  PathPrefix?: string | undefined
  Marker?: string | undefined
  MaxItems?: number | undefined
}

export interface ListRolesResult {
  Roles: Role[]
  IsTruncated: boolean
  Marker?: string | undefined
}

export interface ListSignInsRequest {
  UserName?: string | undefined
  Marker?: string | undefined
  MaxItems?: number | undefined
}

export interface ListSignInsResult {
  SignIns: SignInDescription[]
  IsTruncated: boolean
  Marker?: string | undefined
}

export interface ListTagsForResourceRequest {
  ResourceType: ResourceTypeForTagging
  ResourceId: string
}

export interface ListTagsForResourceResult {
  TagList?: Tag[] | undefined
}

export interface ListUserGroupsRequest {
  PathPrefix?: string | undefined
  Marker?: string | undefined
  MaxItems?: number | undefined
}

export interface ListUserGroupsResult {
  Groups: UserGroup[]
  IsTruncated: boolean
  Marker?: string | undefined
}

export interface ListUserPoliciesRequest {
  UserName: string
  Marker?: string | undefined
  MaxItems?: number | undefined
}

export interface ListUserPoliciesResult {
  PolicyNames: string[]
  IsTruncated: boolean
  Marker?: string | undefined
}

export interface ListUserTagsRequest {
  UserName: string
  Marker?: string | undefined
  MaxItems?: number | undefined
}

export interface ListUserTagsResult {
  Tags: Tag[]
  IsTruncated: boolean
  Marker?: string | undefined
}

export interface ListUsersRequest {
  PathPrefix?: string | undefined
  Marker?: string | undefined
  MaxItems?: number | undefined
}

export interface ListUsersResult {
  Users: User[]
  IsTruncated: boolean
  Marker?: string | undefined
}

export interface LoggingInfo {
  S3BucketName: string
  S3KeyPrefix?: string | undefined
  S3Region: string
}

export interface LoginProfile {
  UserName: string
  CreateDate: number
  PasswordResetRequired: boolean
}

export interface MFADevice {
  UserName: string
  SerialNumber: string
  EnableDate: number
}

export type MachineStanding = 'Current' | 'Held' | 'Superseded'

export interface MaintenanceWindowAutomationParameters {
  DocumentVersion?: string | undefined
  Parameters?: Record<string, string[]> | undefined
}

export interface MaintenanceWindowExecution {
  WindowId?: string | undefined
  WindowExecutionId?: string | undefined
  Status?: MaintenanceWindowExecutionStatus | undefined
  StatusDetails?: string | undefined
  StartTime?: number | undefined
  EndTime?: number | undefined
}

export type MaintenanceWindowExecutionStatus = 'PENDING' | 'IN_PROGRESS' | 'SUCCESS' | 'FAILED' | 'TIMED_OUT' | 'CANCELLING' | 'CANCELLED' | 'SKIPPED_OVERLAPPING'

export interface MaintenanceWindowExecutionTaskIdentity {
  WindowExecutionId?: string | undefined
  TaskExecutionId?: string | undefined
  Status?: MaintenanceWindowExecutionStatus | undefined
  StatusDetails?: string | undefined
  StartTime?: number | undefined
  EndTime?: number | undefined
  TaskArn?: string | undefined
  TaskType?: MaintenanceWindowTaskType | undefined
  AlarmConfiguration?: AlarmConfiguration | undefined
  TriggeredAlarms?: AlarmStateInformation[] | undefined
}

export interface MaintenanceWindowExecutionTaskInvocationIdentity {
  WindowExecutionId?: string | undefined
  TaskExecutionId?: string | undefined
  InvocationId?: string | undefined
  ExecutionId?: string | undefined
  TaskType?: MaintenanceWindowTaskType | undefined
  Parameters?: string | undefined
  Status?: MaintenanceWindowExecutionStatus | undefined
  StatusDetails?: string | undefined
  StartTime?: number | undefined
  EndTime?: number | undefined
  OwnerInformation?: string | undefined
  WindowTargetId?: string | undefined
}

export interface MaintenanceWindowFilter {
  Key?: string | undefined
  Values?: string[] | undefined
}

export interface MaintenanceWindowIdentity {
  WindowId?: string | undefined
  Name?: string | undefined
  Description?: string | undefined
  Enabled?: boolean | undefined
  Duration?: number | undefined
  Cutoff?: number | undefined
  Schedule?: string | undefined
  ScheduleTimezone?: string | undefined
  ScheduleOffset?: number | undefined
  EndDate?: string | undefined
  StartDate?: string | undefined
  NextExecutionTime?: string | undefined
}

export interface MaintenanceWindowIdentityForTarget {
  WindowId?: string | undefined
  Name?: string | undefined
}

export interface MaintenanceWindowLambdaParameters {
  ClientContext?: string | undefined
  Qualifier?: string | undefined
  Payload?: string | undefined
}

export type MaintenanceWindowResourceType = 'INSTANCE' | 'RESOURCE_GROUP'

export interface MaintenanceWindowRunCommandParameters {
  Comment?: string | undefined
  CloudWatchOutputConfig?: CloudWatchOutputConfig | undefined
  DocumentHash?: string | undefined
  DocumentHashType?: DocumentHashType | undefined
  DocumentVersion?: string | undefined
  NotificationConfig?: NotificationConfig | undefined
  OutputS3BucketName?: string | undefined
  OutputS3KeyPrefix?: string | undefined
  Parameters?: Record<string, string[]> | undefined
  ServiceRoleArn?: string | undefined
  TimeoutSeconds?: number | undefined
}

export interface MaintenanceWindowStepFunctionsParameters {
  Input?: string | undefined
  Name?: string | undefined
}

export interface MaintenanceWindowTarget {
  WindowId?: string | undefined
  WindowTargetId?: string | undefined
  ResourceType?: MaintenanceWindowResourceType | undefined
  Targets?: Target[] | undefined
  OwnerInformation?: string | undefined
  Name?: string | undefined
  Description?: string | undefined
}

export interface MaintenanceWindowTask {
  WindowId?: string | undefined
  WindowTaskId?: string | undefined
  TaskArn?: string | undefined
  Type?: MaintenanceWindowTaskType | undefined
  Targets?: Target[] | undefined
  TaskParameters?: Record<string, MaintenanceWindowTaskParameterValueExpression> | undefined
  Priority?: number | undefined
  LoggingInfo?: LoggingInfo | undefined
  ServiceRoleArn?: string | undefined
  MaxConcurrency?: string | undefined
  MaxErrors?: string | undefined
  Name?: string | undefined
  Description?: string | undefined
  CutoffBehavior?: MaintenanceWindowTaskCutoffBehavior | undefined
  AlarmConfiguration?: AlarmConfiguration | undefined
}

export type MaintenanceWindowTaskCutoffBehavior = 'CONTINUE_TASK' | 'CANCEL_TASK'

export interface MaintenanceWindowTaskInvocationParameters {
  RunCommand?: MaintenanceWindowRunCommandParameters | undefined
  Automation?: MaintenanceWindowAutomationParameters | undefined
  StepFunctions?: MaintenanceWindowStepFunctionsParameters | undefined
  Lambda?: MaintenanceWindowLambdaParameters | undefined
}

export interface MaintenanceWindowTaskParameterValueExpression {
  Values?: string[] | undefined
}

export type MaintenanceWindowTaskType = 'RUN_COMMAND' | 'AUTOMATION' | 'STEP_FUNCTIONS' | 'LAMBDA'

export interface MalformedPolicyDocument {
  message?: string | undefined
}

export interface MalformedResourcePolicyDocumentException {
  Message?: string | undefined
}

export interface ManagedPolicy {
  PolicyName?: string | undefined
  PolicyId?: string | undefined
  Arn?: string | undefined
  Path?: string | undefined
  DefaultVersionId?: string | undefined
  AttachmentCount?: number | undefined
  IsAttachable?: boolean | undefined
  Description?: string | undefined
  CreateDate?: number | undefined
  UpdateDate?: number | undefined
  Tags?: Tag[] | undefined
}

export interface ManagedPolicyVersion {
  Document?: string | undefined
  VersionId?: string | undefined
  IsDefaultVersion?: boolean | undefined
  CreateDate?: number | undefined
}

export type ManagedStatus = 'All' | 'Managed' | 'Unmanaged'

export interface MatchedStatement {
  SourcePolicyId: string
  SourcePolicyType: PolicySourceType
  StatementNumber: number
  Sid?: string | undefined
}

export interface MaxDocumentSizeExceeded {
  Message?: string | undefined
}

export interface MetadataValue {
  Value?: string | undefined
}

export interface ModifyDocumentPermissionRequest {
  Name: string
  PermissionType: DocumentPermissionType
  AccountIdsToAdd?: string[] | undefined
  AccountIdsToRemove?: string[] | undefined
  SharedDocumentVersion?: string | undefined
}

export type ModifyDocumentPermissionResponse = Record<string, never>

export interface NoLongerSupportedException {
  Message?: string | undefined
}

export interface NoSuchEntity {
  message?: string | undefined
}

export interface Node {
  CaptureTime?: number | undefined
  Id?: string | undefined
  Owner?: NodeOwnerInfo | undefined
  Region?: string | undefined
  NodeType?: NodeType | undefined
}

export interface NodeAggregator {
  AggregatorType: NodeAggregatorType
  TypeName: NodeTypeName
  AttributeName: NodeAttributeName
  Aggregators?: NodeAggregator[] | undefined
}

export type NodeAggregatorType = 'Count'

export type NodeAttributeName = 'AgentVersion' | 'PlatformName' | 'PlatformType' | 'PlatformVersion' | 'Region' | 'ResourceType' | 'SourceType' | 'AvailabilityZone'

export interface NodeFilter {
  Key: NodeFilterKey
  Values: string[]
  Type?: NodeFilterOperatorType | undefined
}

export type NodeFilterKey = 'AgentType' | 'AgentVersion' | 'ComputerName' | 'InstanceId' | 'InstanceStatus' | 'IpAddress' | 'ManagedStatus' | 'PlatformName' | 'PlatformType' | 'PlatformVersion' | 'ResourceType' | 'OrganizationalUnitId' | 'OrganizationalUnitPath' | 'Region' | 'AccountId' | 'SourceType' | 'SourceId' | 'SourceLocation' | 'AvailabilityZone' | 'AvailabilityZoneId'

export type NodeFilterOperatorType = 'Equal' | 'NotEqual' | 'BeginWith'

export interface NodeIdentity {
  InstanceId: string
  Standing: NodeStanding
  Cause?: QuarantineCause | undefined
  Reason?: string | undefined
  QuarantinedDate?: number | undefined
  KeySha256: string
  KeyDate: number
  RotationRequestedDate?: number | undefined
  Machines: NodeMachine[]
}

export interface NodeMachine {
  Machine: number
  Standing: MachineStanding
  Generation: number
  ComputerName: string
  IPAddress: string
  SourceAddress: string
  BootId: string
  LastLoginDate?: number | undefined
}

export interface NodeOwnerInfo {
  AccountId?: string | undefined
  OrganizationalUnitId?: string | undefined
  OrganizationalUnitPath?: string | undefined
}

export type NodeStanding = 'Good' | 'Quarantined'

export interface NodeType {
  Instance?: InstanceInfo | undefined
}

export type NodeTypeName = 'Instance'

export interface NonCompliantSummary {
  NonCompliantCount?: number | undefined
  SeveritySummary?: SeveritySummary | undefined
}

export interface NotFoundException {
  Message?: string | undefined
}

export interface NotificationConfig {
  NotificationArn?: string | undefined
  NotificationEvents?: NotificationEvent[] | undefined
  NotificationType?: NotificationType | undefined
}

export type NotificationEvent = 'All' | 'InProgress' | 'Success' | 'TimedOut' | 'Cancelled' | 'Failed'

export type NotificationType = 'Command' | 'Invocation'

export type OperatingSystem = 'WINDOWS' | 'AMAZON_LINUX' | 'AMAZON_LINUX_2' | 'AMAZON_LINUX_2022' | 'UBUNTU' | 'REDHAT_ENTERPRISE_LINUX' | 'SUSE' | 'CENTOS' | 'ORACLE_LINUX' | 'DEBIAN' | 'MACOS' | 'RASPBIAN' | 'ROCKY_LINUX' | 'ALMA_LINUX' | 'AMAZON_LINUX_2023'

export interface OpsAggregator {
  AggregatorType?: string | undefined
  TypeName?: string | undefined
  AttributeName?: string | undefined
  Values?: Record<string, string> | undefined
  Filters?: OpsFilter[] | undefined
  Aggregators?: OpsAggregator[] | undefined
}

export interface OpsEntity {
  Id?: string | undefined
  Data?: Record<string, OpsEntityItem> | undefined
}

export interface OpsEntityItem {
  CaptureTime?: string | undefined
  Content?: Array<Record<string, string>> | undefined
}

export interface OpsFilter {
  Key: string
  Values: string[]
  Type?: OpsFilterOperatorType | undefined
}

export type OpsFilterOperatorType = 'Equal' | 'NotEqual' | 'BeginWith' | 'LessThan' | 'GreaterThan' | 'Exists'

export interface OpsItem {
  CreatedBy?: string | undefined
  OpsItemType?: string | undefined
  CreatedTime?: number | undefined
  Description?: string | undefined
  LastModifiedBy?: string | undefined
  LastModifiedTime?: number | undefined
  Notifications?: OpsItemNotification[] | undefined
  Priority?: number | undefined
  RelatedOpsItems?: RelatedOpsItem[] | undefined
  Status?: OpsItemStatus | undefined
  OpsItemId?: string | undefined
  Version?: string | undefined
  Title?: string | undefined
  Source?: string | undefined
  OperationalData?: Record<string, OpsItemDataValue> | undefined
  Category?: string | undefined
  Severity?: string | undefined
  ActualStartTime?: number | undefined
  ActualEndTime?: number | undefined
  PlannedStartTime?: number | undefined
  PlannedEndTime?: number | undefined
  OpsItemArn?: string | undefined
}

export interface OpsItemAccessDeniedException {
  Message?: string | undefined
}

export interface OpsItemAlreadyExistsException {
  Message?: string | undefined
  OpsItemId?: string | undefined
}

export interface OpsItemConflictException {
  Message?: string | undefined
}

export type OpsItemDataType = 'SearchableString' | 'String'

export interface OpsItemDataValue {
  Value?: string | undefined
  Type?: OpsItemDataType | undefined
}

export interface OpsItemEventFilter {
  Key: OpsItemEventFilterKey
  Values: string[]
  Operator: OpsItemEventFilterOperator
}

export type OpsItemEventFilterKey = 'OpsItemId'

export type OpsItemEventFilterOperator = 'Equal'

export interface OpsItemEventSummary {
  OpsItemId?: string | undefined
  EventId?: string | undefined
  Source?: string | undefined
  DetailType?: string | undefined
  Detail?: string | undefined
  CreatedBy?: OpsItemIdentity | undefined
  CreatedTime?: number | undefined
}

export interface OpsItemFilter {
  Key: OpsItemFilterKey
  Values: string[]
  Operator: OpsItemFilterOperator
}

export type OpsItemFilterKey = 'Status' | 'CreatedBy' | 'Source' | 'Priority' | 'Title' | 'OpsItemId' | 'CreatedTime' | 'LastModifiedTime' | 'ActualStartTime' | 'ActualEndTime' | 'PlannedStartTime' | 'PlannedEndTime' | 'OperationalData' | 'OperationalDataKey' | 'OperationalDataValue' | 'ResourceId' | 'AutomationId' | 'Category' | 'Severity' | 'OpsItemType' | 'AccessRequestByRequesterArn' | 'AccessRequestByRequesterId' | 'AccessRequestByApproverArn' | 'AccessRequestByApproverId' | 'AccessRequestBySourceAccountId' | 'AccessRequestBySourceOpsItemId' | 'AccessRequestBySourceRegion' | 'AccessRequestByIsReplica' | 'AccessRequestByTargetResourceId' | 'ChangeRequestByRequesterArn' | 'ChangeRequestByRequesterName' | 'ChangeRequestByApproverArn' | 'ChangeRequestByApproverName' | 'ChangeRequestByTemplate' | 'ChangeRequestByTargetsResourceGroup' | 'InsightByType' | 'AccountId'

export type OpsItemFilterOperator = 'Equal' | 'Contains' | 'GreaterThan' | 'LessThan'

export interface OpsItemIdentity {
  Arn?: string | undefined
}

export interface OpsItemInvalidParameterException {
  ParameterNames?: string[] | undefined
  Message?: string | undefined
}

export interface OpsItemLimitExceededException {
  ResourceTypes?: string[] | undefined
  Limit?: number | undefined
  LimitType?: string | undefined
  Message?: string | undefined
}

export interface OpsItemNotFoundException {
  Message?: string | undefined
}

export interface OpsItemNotification {
  Arn?: string | undefined
}

export interface OpsItemRelatedItemAlreadyExistsException {
  Message?: string | undefined
  ResourceUri?: string | undefined
  OpsItemId?: string | undefined
}

export interface OpsItemRelatedItemAssociationNotFoundException {
  Message?: string | undefined
}

export interface OpsItemRelatedItemSummary {
  OpsItemId?: string | undefined
  AssociationId?: string | undefined
  ResourceType?: string | undefined
  AssociationType?: string | undefined
  ResourceUri?: string | undefined
  CreatedBy?: OpsItemIdentity | undefined
  CreatedTime?: number | undefined
  LastModifiedBy?: OpsItemIdentity | undefined
  LastModifiedTime?: number | undefined
}

export interface OpsItemRelatedItemsFilter {
  Key: OpsItemRelatedItemsFilterKey
  Values: string[]
  Operator: OpsItemRelatedItemsFilterOperator
}

export type OpsItemRelatedItemsFilterKey = 'ResourceType' | 'AssociationId' | 'ResourceUri'

export type OpsItemRelatedItemsFilterOperator = 'Equal'

export type OpsItemStatus = 'Open' | 'InProgress' | 'Resolved' | 'Pending' | 'TimedOut' | 'Cancelling' | 'Cancelled' | 'Failed' | 'CompletedWithSuccess' | 'CompletedWithFailure' | 'Scheduled' | 'RunbookInProgress' | 'PendingChangeCalendarOverride' | 'ChangeCalendarOverrideApproved' | 'ChangeCalendarOverrideRejected' | 'PendingApproval' | 'Approved' | 'Revoked' | 'Rejected' | 'Closed'

export interface OpsItemSummary {
  CreatedBy?: string | undefined
  CreatedTime?: number | undefined
  LastModifiedBy?: string | undefined
  LastModifiedTime?: number | undefined
  Priority?: number | undefined
  Source?: string | undefined
  Status?: OpsItemStatus | undefined
  OpsItemId?: string | undefined
  Title?: string | undefined
  OperationalData?: Record<string, OpsItemDataValue> | undefined
  Category?: string | undefined
  Severity?: string | undefined
  OpsItemType?: string | undefined
  ActualStartTime?: number | undefined
  ActualEndTime?: number | undefined
  PlannedStartTime?: number | undefined
  PlannedEndTime?: number | undefined
}

export interface OpsMetadata {
  ResourceId?: string | undefined
  OpsMetadataArn?: string | undefined
  LastModifiedDate?: number | undefined
  LastModifiedUser?: string | undefined
  CreationDate?: number | undefined
}

export interface OpsMetadataAlreadyExistsException {
  message?: string | undefined
}

export interface OpsMetadataFilter {
  Key: string
  Values: string[]
}

export interface OpsMetadataInvalidArgumentException {
  message?: string | undefined
}

export interface OpsMetadataKeyLimitExceededException {
  message?: string | undefined
}

export interface OpsMetadataLimitExceededException {
  message?: string | undefined
}

export interface OpsMetadataNotFoundException {
  message?: string | undefined
}

export interface OpsMetadataTooManyUpdatesException {
  message?: string | undefined
}

export interface OpsResultAttribute {
  TypeName: string
}

export interface OutputSource {
  OutputSourceId?: string | undefined
  OutputSourceType?: string | undefined
}

export type OutputStream = 'stdout' | 'stderr'

export interface Parameter {
  Name?: string | undefined
  Type?: ParameterType | undefined
  Value?: string | undefined
  Version?: number | undefined
  Selector?: string | undefined
  SourceResult?: string | undefined
  LastModifiedDate?: number | undefined
  ARN?: string | undefined
  DataType?: string | undefined
}

export interface ParameterAlreadyExists {
  message?: string | undefined
}

export interface ParameterHistory {
  Name?: string | undefined
  Type?: ParameterType | undefined
  KeyId?: string | undefined
  LastModifiedDate?: number | undefined
  LastModifiedUser?: string | undefined
  Description?: string | undefined
  Value?: string | undefined
  AllowedPattern?: string | undefined
  Version?: number | undefined
  Labels?: string[] | undefined
  Tier?: ParameterTier | undefined
  Policies?: ParameterInlinePolicy[] | undefined
  DataType?: string | undefined
}

export interface ParameterInlinePolicy {
  PolicyText?: string | undefined
  PolicyType?: string | undefined
  PolicyStatus?: string | undefined
}

export interface ParameterLimitExceeded {
  message?: string | undefined
}

export interface ParameterMaxVersionLimitExceeded {
  message?: string | undefined
}

export interface ParameterMetadata {
  Name?: string | undefined
  ARN?: string | undefined
  Type?: ParameterType | undefined
  KeyId?: string | undefined
  LastModifiedDate?: number | undefined
  LastModifiedUser?: string | undefined
  Description?: string | undefined
  AllowedPattern?: string | undefined
  Version?: number | undefined
  Tier?: ParameterTier | undefined
  Policies?: ParameterInlinePolicy[] | undefined
  DataType?: string | undefined
}

export interface ParameterNotFound {
  message?: string | undefined
}

export interface ParameterPatternMismatchException {
  message?: string | undefined
}

export interface ParameterStringFilter {
  Key: string
  Option?: string | undefined
  Values?: string[] | undefined
}

export type ParameterTier = 'Standard' | 'Advanced' | 'Intelligent-Tiering'

export type ParameterType = 'SecureString' | 'StringList' | 'String'

export interface ParameterVersionLabelLimitExceeded {
  message?: string | undefined
}

export interface ParameterVersionNotFound {
  message?: string | undefined
}

export interface ParametersFilter {
  Key: ParametersFilterKey
  Values: string[]
}

export type ParametersFilterKey = 'Name' | 'Type' | 'KeyId'

export interface ParentStepDetails {
  StepExecutionId?: string | undefined
  StepName?: string | undefined
  Action?: string | undefined
  Iteration?: number | undefined
  IteratorValue?: string | undefined
}

export interface PasswordPolicyViolation {
  message?: string | undefined
}

export interface Patch {
  Id?: string | undefined
  ReleaseDate?: number | undefined
  Title?: string | undefined
  Description?: string | undefined
  ContentUrl?: string | undefined
  Vendor?: string | undefined
  ProductFamily?: string | undefined
  Product?: string | undefined
  Classification?: string | undefined
  MsrcSeverity?: string | undefined
  KbNumber?: string | undefined
  MsrcNumber?: string | undefined
  Language?: string | undefined
  AdvisoryIds?: string[] | undefined
  BugzillaIds?: string[] | undefined
  CVEIds?: string[] | undefined
  Name?: string | undefined
  Epoch?: number | undefined
  Version?: string | undefined
  Release?: string | undefined
  Arch?: string | undefined
  Severity?: string | undefined
  Repository?: string | undefined
}

export type PatchAction = 'ALLOW_AS_DEPENDENCY' | 'BLOCK'

export interface PatchBaselineIdentity {
  BaselineId?: string | undefined
  BaselineName?: string | undefined
  OperatingSystem?: OperatingSystem | undefined
  BaselineDescription?: string | undefined
  DefaultBaseline?: boolean | undefined
}

export interface PatchComplianceData {
  Title: string
  KBId: string
  Classification: string
  Severity: string
  State: PatchComplianceDataState
  InstalledTime: number
  CVEIds?: string | undefined
}

export type PatchComplianceDataState = 'INSTALLED' | 'INSTALLED_OTHER' | 'INSTALLED_PENDING_REBOOT' | 'INSTALLED_REJECTED' | 'MISSING' | 'NOT_APPLICABLE' | 'FAILED' | 'AVAILABLE_SECURITY_UPDATE'

export type PatchComplianceLevel = 'CRITICAL' | 'HIGH' | 'MEDIUM' | 'LOW' | 'INFORMATIONAL' | 'UNSPECIFIED'

export type PatchComplianceStatus = 'COMPLIANT' | 'NON_COMPLIANT'

export type PatchDeploymentStatus = 'APPROVED' | 'PENDING_APPROVAL' | 'EXPLICIT_APPROVED' | 'EXPLICIT_REJECTED'

export interface PatchFilter {
  Key: PatchFilterKey
  Values: string[]
}

export interface PatchFilterGroup {
  PatchFilters: PatchFilter[]
}

export type PatchFilterKey = 'ARCH' | 'ADVISORY_ID' | 'BUGZILLA_ID' | 'PATCH_SET' | 'PRODUCT' | 'PRODUCT_FAMILY' | 'CLASSIFICATION' | 'CVE_ID' | 'EPOCH' | 'MSRC_SEVERITY' | 'NAME' | 'PATCH_ID' | 'SECTION' | 'PRIORITY' | 'REPOSITORY' | 'RELEASE' | 'SEVERITY' | 'SECURITY' | 'VERSION'

export interface PatchGroupPatchBaselineMapping {
  PatchGroup?: string | undefined
  BaselineIdentity?: PatchBaselineIdentity | undefined
}

export type PatchOperationType = 'Scan' | 'Install'

export interface PatchOrchestratorFilter {
  Key?: string | undefined
  Values?: string[] | undefined
}

export type PatchProperty = 'PRODUCT' | 'PRODUCT_FAMILY' | 'CLASSIFICATION' | 'MSRC_SEVERITY' | 'PRIORITY' | 'SEVERITY'

export interface PatchRule {
  PatchFilterGroup: PatchFilterGroup
  ComplianceLevel?: PatchComplianceLevel | undefined
  ApproveAfterDays?: number | undefined
  ApproveUntilDate?: string | undefined
  EnableNonSecurity?: boolean | undefined
}

export interface PatchRuleGroup {
  PatchRules: PatchRule[]
}

export type PatchSet = 'OS' | 'APPLICATION'

export interface PatchSource {
  Name: string
  Products: string[]
  Configuration: string
}

export interface PatchStatus {
  DeploymentStatus?: PatchDeploymentStatus | undefined
  ComplianceLevel?: PatchComplianceLevel | undefined
  ApprovalDate?: number | undefined
}

export type PingStatus = 'Online' | 'ConnectionLost' | 'Inactive'

export type PlatformType = 'Windows' | 'Linux' | 'MacOS'

export interface PoliciesLimitExceededException {
  message?: string | undefined
}

export type PolicyEntityFilter = 'User' | 'Role' | 'Group' | 'LocalManagedPolicy' | 'AWSManagedPolicy'

export interface PolicyGroupEntity {
  GroupName?: string | undefined
  GroupId?: string | undefined
}

export interface PolicyRoleEntity {
  RoleName?: string | undefined
  RoleId?: string | undefined
}

export type PolicyScope = 'All' | 'AWS' | 'Local'

export type PolicySourceType = 'user' | 'group' | 'role' | 'aws-managed' | 'user-managed' | 'none'

export interface PolicyUserEntity {
  UserName?: string | undefined
  UserId?: string | undefined
}

export interface ProgressCounters {
  TotalSteps?: number | undefined
  SuccessSteps?: number | undefined
  FailedSteps?: number | undefined
  CancelledSteps?: number | undefined
  TimedOutSteps?: number | undefined
}

export interface PutComplianceItemsRequest {
  ResourceId: string
  ResourceType: string
  ComplianceType: string
  ExecutionSummary: ComplianceExecutionSummary
  Items: ComplianceItemEntry[]
  ItemContentHash?: string | undefined
  UploadType?: ComplianceUploadType | undefined
}

export type PutComplianceItemsResult = Record<string, never>

export interface PutGroupPolicyRequest {
  GroupName: string
  PolicyName: string
  PolicyDocument: string
}

export type PutGroupPolicyResult = Record<string, never>

export interface PutInventoryRequest {
  InstanceId: string
  Items: InventoryItem[]
}

export interface PutInventoryResult {
  Message?: string | undefined
}

export interface PutParameterRequest {
  Name: string
  Description?: string | undefined
  Value: string
  Type?: ParameterType | undefined
  KeyId?: string | undefined
  Overwrite?: boolean | undefined
  AllowedPattern?: string | undefined
  Tags?: Tag[] | undefined
  Tier?: ParameterTier | undefined
  Policies?: string | undefined
  DataType?: string | undefined
}

export interface PutParameterResult {
  Version?: number | undefined
  Tier?: ParameterTier | undefined
}

export interface PutResourcePolicyRequest {
  ResourceArn: string
  Policy: string
  PolicyId?: string | undefined
  PolicyHash?: string | undefined
}

export interface PutResourcePolicyResponse {
  PolicyId?: string | undefined
  PolicyHash?: string | undefined
}

export interface PutRolePolicyRequest {
  RoleName: string
  PolicyName: string
  PolicyDocument: string
}

export type PutRolePolicyResult = Record<string, never>

export interface PutUserPolicyRequest {
  UserName: string
  PolicyName: string
  PolicyDocument: string
}

export type PutUserPolicyResult = Record<string, never>

export type QuarantineCause = 'OlderGeneration' | 'TwoMachines'

export interface QueriedCommand {
  CommandId?: string | undefined
  DocumentName?: string | undefined
  DocumentVersion?: string | undefined
  Comment?: string | undefined
  ExpiresAfter?: number | undefined
  Parameters?: Record<string, string[]> | undefined
  InstanceIds?: string[] | undefined
  Targets?: Target[] | undefined
  RequestedDateTime?: number | undefined
  Status?: CommandStatus | undefined
  StatusDetails?: string | undefined
  OutputS3Region?: string | undefined
  OutputS3BucketName?: string | undefined
  OutputS3KeyPrefix?: string | undefined
  MaxConcurrency?: string | undefined
  MaxErrors?: string | undefined
  TargetCount?: number | undefined
  CompletedCount?: number | undefined
  ErrorCount?: number | undefined
  DeliveryTimedOutCount?: number | undefined
  ServiceRole?: string | undefined
  NotificationConfig?: NotificationConfig | undefined
  CloudWatchOutputConfig?: CloudWatchOutputConfig | undefined
  TimeoutSeconds?: number | undefined
  AlarmConfiguration?: AlarmConfiguration | undefined
  TriggeredAlarms?: AlarmStateInformation[] | undefined
  RequestedBy?: string | undefined
  EndedDateTime?: number | undefined
}

export interface QueriedInvocation {
  CommandId?: string | undefined
  InstanceId?: string | undefined
  InstanceName?: string | undefined
  Comment?: string | undefined
  DocumentName?: string | undefined
  DocumentVersion?: string | undefined
  RequestedDateTime?: number | undefined
  Status?: CommandInvocationStatus | undefined
  StatusDetails?: string | undefined
  TraceOutput?: string | undefined
  StandardOutputUrl?: string | undefined
  StandardErrorUrl?: string | undefined
  CommandPlugins?: CommandPlugin[] | undefined
  ServiceRole?: string | undefined
  NotificationConfig?: NotificationConfig | undefined
  CloudWatchOutputConfig?: CloudWatchOutputConfig | undefined
  Reason?: string | undefined
  StartedDateTime?: number | undefined
  EndedDateTime?: number | undefined
}

export interface QueriedNode {
  InstanceId?: string | undefined
  PingStatus?: PingStatus | undefined
  LastPingDateTime?: number | undefined
  AgentVersion?: string | undefined
  IsLatestVersion?: boolean | undefined
  PlatformType?: PlatformType | undefined
  PlatformName?: string | undefined
  PlatformVersion?: string | undefined
  ActivationId?: string | undefined
  IamRole?: string | undefined
  RegistrationDate?: number | undefined
  ResourceType?: ResourceType | undefined
  Name?: string | undefined
  IPAddress?: string | undefined
  ComputerName?: string | undefined
  AssociationStatus?: string | undefined
  LastAssociationExecutionDate?: number | undefined
  LastSuccessfulAssociationExecutionDate?: number | undefined
  AssociationOverview?: InstanceAggregatedAssociationOverview | undefined
  SourceId?: string | undefined
  SourceType?: SourceType | undefined
  SourceLocation?: string | undefined
  Architecture?: string | undefined
  PolicyMode?: string | undefined
  Tags?: Tag[] | undefined
}

export interface QueryFacet {
  Key: string
  Values: QueryFacetValue[]
}

export interface QueryFacetValue {
  Value: string
  Count: number
}

export interface QueryFilter {
  Key: string
  Operator?: QueryOperator | undefined
  Values: string[]
}

export interface QueryItem {
  Node?: QueriedNode | undefined
  Command?: QueriedCommand | undefined
  Invocation?: QueriedInvocation | undefined
}

export type QueryOperator = 'Equal' | 'NotEqual' | 'BeginWith' | 'LessThan' | 'GreaterThan'

export type QueryOrder = 'Ascending' | 'Descending'

export type QueryResourceType = 'Node' | 'Command' | 'Invocation'

export interface QueryResourcesRequest {
  ResourceType: QueryResourceType
  Filter?: QueryFilter[] | undefined
  Sort?: QuerySort | undefined
  Offset?: number | undefined
  MaxResults?: number | undefined
  Facets?: string[] | undefined
}

export interface QueryResourcesResult {
  Items: QueryItem[]
  Total: number
  Facets: QueryFacet[]
}

export interface QuerySort {
  Key: string
  Order?: QueryOrder | undefined
}

export type RebootOption = 'RebootIfNeeded' | 'NoReboot'

export interface RegisterDefaultHostManagementConfigurationRequest {
  PermissionModel: DHMCPermissionModel
  RoleArn?: string | undefined
  Overwrite?: boolean | undefined
}

export interface RegisterDefaultHostManagementConfigurationResult {
  RoleArn?: string | undefined
}

export interface RegisterDefaultPatchBaselineRequest {
  BaselineId: string
}

export interface RegisterDefaultPatchBaselineResult {
  BaselineId?: string | undefined
}

export interface RegisterPatchBaselineForPatchGroupRequest {
  BaselineId: string
  PatchGroup: string
}

export interface RegisterPatchBaselineForPatchGroupResult {
  BaselineId?: string | undefined
  PatchGroup?: string | undefined
}

export interface RegisterTargetWithMaintenanceWindowRequest {
  WindowId: string
  ResourceType: MaintenanceWindowResourceType
  Targets: Target[]
  OwnerInformation?: string | undefined
  Name?: string | undefined
  Description?: string | undefined
  ClientToken?: string | undefined
}

export interface RegisterTargetWithMaintenanceWindowResult {
  WindowTargetId?: string | undefined
}

export interface RegisterTaskWithMaintenanceWindowRequest {
  WindowId: string
  Targets?: Target[] | undefined
  TaskArn: string
  ServiceRoleArn?: string | undefined
  TaskType: MaintenanceWindowTaskType
  TaskParameters?: Record<string, MaintenanceWindowTaskParameterValueExpression> | undefined
  TaskInvocationParameters?: MaintenanceWindowTaskInvocationParameters | undefined
  Priority?: number | undefined
  MaxConcurrency?: string | undefined
  MaxErrors?: string | undefined
  LoggingInfo?: LoggingInfo | undefined
  Name?: string | undefined
  Description?: string | undefined
  ClientToken?: string | undefined
  CutoffBehavior?: MaintenanceWindowTaskCutoffBehavior | undefined
  AlarmConfiguration?: AlarmConfiguration | undefined
}

export interface RegisterTaskWithMaintenanceWindowResult {
  WindowTaskId?: string | undefined
}

export interface RegistrationMetadataItem {
  Key: string
  Value: string
}

export interface RelatedOpsItem {
  OpsItemId: string
}

export interface ReleaseNodeRequest {
  InstanceId: string
  Machine: number
}

export type ReleaseNodeResult = Record<string, never>

export interface RemoveTagsFromResourceRequest {
  ResourceType: ResourceTypeForTagging
  ResourceId: string
  TagKeys: string[]
}

export type RemoveTagsFromResourceResult = Record<string, never>

export interface RemoveUserFromGroupRequest {
  GroupName: string
  UserName: string
}

export type RemoveUserFromGroupResult = Record<string, never>

export interface ResetServiceSettingRequest {
  SettingId: string
}

export interface ResetServiceSettingResult {
  ServiceSetting?: ServiceSetting | undefined
}

export interface ResolvedTargets {
  ParameterValues?: string[] | undefined
  Truncated?: boolean | undefined
}

export interface ResourceComplianceSummaryItem {
  ComplianceType?: string | undefined
  ResourceType?: string | undefined
  ResourceId?: string | undefined
  Status?: ComplianceStatus | undefined
  OverallSeverity?: ComplianceSeverity | undefined
  ExecutionSummary?: ComplianceExecutionSummary | undefined
  CompliantSummary?: CompliantSummary | undefined
  NonCompliantSummary?: NonCompliantSummary | undefined
}

export interface ResourceDataSyncAlreadyExistsException {
  SyncName?: string | undefined
}

export interface ResourceDataSyncAwsOrganizationsSource {
  OrganizationSourceType: string
  OrganizationalUnits?: ResourceDataSyncOrganizationalUnit[] | undefined
}

export interface ResourceDataSyncConflictException {
  Message?: string | undefined
}

export interface ResourceDataSyncCountExceededException {
  Message?: string | undefined
}

export interface ResourceDataSyncDestinationDataSharing {
  DestinationDataSharingType?: string | undefined
}

export interface ResourceDataSyncInvalidConfigurationException {
  Message?: string | undefined
}

export interface ResourceDataSyncItem {
  SyncName?: string | undefined
  SyncType?: string | undefined
  SyncSource?: ResourceDataSyncSourceWithState | undefined
  S3Destination?: ResourceDataSyncS3Destination | undefined
  LastSyncTime?: number | undefined
  LastSuccessfulSyncTime?: number | undefined
  SyncLastModifiedTime?: number | undefined
  LastStatus?: LastResourceDataSyncStatus | undefined
  SyncCreatedTime?: number | undefined
  LastSyncStatusMessage?: string | undefined
}

export interface ResourceDataSyncNotFoundException {
  SyncName?: string | undefined
  SyncType?: string | undefined
  Message?: string | undefined
}

export interface ResourceDataSyncOrganizationalUnit {
  OrganizationalUnitId?: string | undefined
}

export interface ResourceDataSyncS3Destination {
  BucketName: string
  Prefix?: string | undefined
  SyncFormat: ResourceDataSyncS3Format
  Region: string
  AWSKMSKeyARN?: string | undefined
  DestinationDataSharing?: ResourceDataSyncDestinationDataSharing | undefined
}

export type ResourceDataSyncS3Format = 'JsonSerDe'

export interface ResourceDataSyncSource {
  SourceType: string
  AwsOrganizationsSource?: ResourceDataSyncAwsOrganizationsSource | undefined
  SourceRegions: string[]
  IncludeFutureRegions?: boolean | undefined
  EnableAllOpsDataSources?: boolean | undefined
}

export interface ResourceDataSyncSourceWithState {
  SourceType?: string | undefined
  AwsOrganizationsSource?: ResourceDataSyncAwsOrganizationsSource | undefined
  SourceRegions?: string[] | undefined
  IncludeFutureRegions?: boolean | undefined
  State?: string | undefined
  EnableAllOpsDataSources?: boolean | undefined
}

export interface ResourceGroup {
  GroupArn: string
  Name: string
  Description?: string | undefined
}

export interface ResourceGroupIdentifier {
  GroupArn: string
  GroupName: string
  Description?: string | undefined
}

export interface ResourceInUseException {
  Message?: string | undefined
}

export interface ResourceLimitExceededException {
  Message?: string | undefined
}

export interface ResourceNotFoundException {
  Message?: string | undefined
}

export interface ResourcePolicyConflictException {
  Message?: string | undefined
}

export interface ResourcePolicyInvalidParameterException {
  ParameterNames?: string[] | undefined
  Message?: string | undefined
}

export interface ResourcePolicyLimitExceededException {
  Limit?: number | undefined
  LimitType?: string | undefined
  Message?: string | undefined
}

export interface ResourcePolicyNotFoundException {
  Message?: string | undefined
}

export interface ResourceQuery {
  Type: ResourceQueryType
  Query: string
}

export type ResourceQueryType = 'TAG_FILTERS_1_0' | 'CLOUDFORMATION_STACK_1_0'

export type ResourceType = 'ManagedInstance' | 'EC2Instance'

export type ResourceTypeForTagging = 'Document' | 'ManagedInstance' | 'MaintenanceWindow' | 'Parameter' | 'PatchBaseline' | 'OpsItem' | 'OpsMetadata' | 'Automation' | 'Association' | 'CloudConnector'

export interface ResultAttribute {
  TypeName: string
}

export interface ResumeSessionRequest {
  SessionId: string
}

export interface ResumeSessionResponse {
  SessionId?: string | undefined
  TokenValue?: string | undefined
  StreamUrl?: string | undefined
}

export interface ReviewInformation {
  ReviewedTime?: number | undefined
  Status?: ReviewStatus | undefined
  Reviewer?: string | undefined
}

export type ReviewStatus = 'APPROVED' | 'NOT_REVIEWED' | 'PENDING' | 'REJECTED'

export interface RevokeSignInsRequest {
  UserName?: string | undefined
  SignInId?: string | undefined
}

export interface RevokeSignInsResult {
  RevokedCount: number
}

export interface Role {
  Path: string
  RoleName: string
  RoleId: string
  Arn: string
  CreateDate: number
  AssumeRolePolicyDocument?: string | undefined
  Description?: string | undefined
  MaxSessionDuration?: number | undefined
  Tags?: Tag[] | undefined
}

export interface RotateKeyOnDemandRequest {
  KeyId: string
}

export interface RotateKeyOnDemandResult {
  KeyId?: string | undefined
}

export interface RotateNodeKeyRequest {
  InstanceId: string
}

export type RotateNodeKeyResult = Record<string, never>

export interface Runbook {
  DocumentName: string
  DocumentVersion?: string | undefined
  Parameters?: Record<string, string[]> | undefined
  TargetParameterName?: string | undefined
  Targets?: Target[] | undefined
  TargetMaps?: Array<Record<string, string[]>> | undefined
  MaxConcurrency?: string | undefined
  MaxErrors?: string | undefined
  TargetLocations?: TargetLocation[] | undefined
}

export interface S3OutputLocation {
  OutputS3Region?: string | undefined
  OutputS3BucketName?: string | undefined
  OutputS3KeyPrefix?: string | undefined
}

export interface S3OutputUrl {
  OutputUrl?: string | undefined
}

export interface ScheduleKeyDeletionRequest {
  KeyId: string
  PendingWindowInDays?: number | undefined
  Force?: boolean | undefined
}

export interface ScheduleKeyDeletionResult {
  KeyId?: string | undefined
  DeletionDate?: number | undefined
  KeyState?: KeyState | undefined
  PendingWindowInDays?: number | undefined
}

export interface ScheduledWindowExecution {
  WindowId?: string | undefined
  Name?: string | undefined
  ExecutionTime?: string | undefined
}

export interface SendAutomationSignalRequest {
  AutomationExecutionId: string
  SignalType: SignalType
  Payload?: Record<string, string[]> | undefined
}

export type SendAutomationSignalResult = Record<string, never>

export interface SendCommandRequest {
  InstanceIds?: string[] | undefined
  Targets?: Target[] | undefined
  DocumentName: string
  DocumentVersion?: string | undefined
  DocumentHash?: string | undefined
  DocumentHashType?: DocumentHashType | undefined
  TimeoutSeconds?: number | undefined
  Comment?: string | undefined
  Parameters?: Record<string, string[]> | undefined
  OutputS3Region?: string | undefined
  OutputS3BucketName?: string | undefined
  OutputS3KeyPrefix?: string | undefined
  MaxConcurrency?: string | undefined
  MaxErrors?: string | undefined
  ServiceRoleArn?: string | undefined
  NotificationConfig?: NotificationConfig | undefined
  CloudWatchOutputConfig?: CloudWatchOutputConfig | undefined
  AlarmConfiguration?: AlarmConfiguration | undefined
}

export interface SendCommandResult {
  Command?: Command | undefined
}

export interface ServiceQuotaExceededException {
  Message: string
  ResourceId?: string | undefined
  ResourceType?: string | undefined
  QuotaCode: string
  ServiceCode: string
}

export interface ServiceSetting {
  SettingId?: string | undefined
  SettingValue?: string | undefined
  LastModifiedDate?: number | undefined
  LastModifiedUser?: string | undefined
  ARN?: string | undefined
  Status?: string | undefined
}

export interface ServiceSettingNotFound {
  Message?: string | undefined
}

export interface Session {
  SessionId?: string | undefined
  Target?: string | undefined
  Status?: SessionStatus | undefined
  StartDate?: number | undefined
  EndDate?: number | undefined
  DocumentName?: string | undefined
  Owner?: string | undefined
  Reason?: string | undefined
  Details?: string | undefined
  OutputUrl?: SessionManagerOutputUrl | undefined
  MaxSessionDuration?: string | undefined
  AccessType?: AccessType | undefined
}

export interface SessionFilter {
  key: SessionFilterKey
  value: string
}

export type SessionFilterKey = 'InvokedAfter' | 'InvokedBefore' | 'Target' | 'Owner' | 'Status' | 'SessionId' | 'AccessType'

export interface SessionManagerOutputUrl {
  S3OutputUrl?: string | undefined
  CloudWatchOutputUrl?: string | undefined
}

export interface SessionPolicyArn {
  arn?: string | undefined
}

export type SessionState = 'Active' | 'History'

export type SessionStatus = 'Connected' | 'Connecting' | 'Disconnected' | 'Terminated' | 'Terminating' | 'Failed'

export interface SetDefaultPolicyVersionRequest {
  PolicyArn: string
  VersionId: string
}

export type SetDefaultPolicyVersionResult = Record<string, never>

export interface SeveritySummary {
  CriticalCount?: number | undefined
  HighCount?: number | undefined
  MediumCount?: number | undefined
  LowCount?: number | undefined
  InformationalCount?: number | undefined
  UnspecifiedCount?: number | undefined
}

export interface SignInDescription {
  SignInId: string
  UserName: string
  SourceAddress: string
  CreateDate: number
  LastSeenDate: number
  ExpirationDate: number
  MFAPresent: boolean
  Current: boolean
}

export interface SignInRefused {
  message?: string | undefined
}

export interface SignInRequest {
  UserName: string
  Password: string
  MFACode?: string | undefined
}

export interface SignInResult {
  Token: string
  SignInId: string
  UserName: string
  ExpirationDate: number
  MFAPresent: boolean
  PasswordResetRequired: boolean
}

export type SignOutRequest = Record<string, never>

export type SignOutResult = Record<string, never>

export type SignalType = 'Approve' | 'Reject' | 'StartStep' | 'StopStep' | 'Resume' | 'Revoke'

export interface SimulateCustomPolicyRequest {
  PolicyInputList: string[]
  ActionNames: string[]
  ResourceArns?: string[] | undefined
  ContextEntries?: ContextEntry[] | undefined
  MaxItems?: number | undefined
  Marker?: string | undefined
}

export interface SimulatePolicyResult {
  EvaluationResults: EvaluationResult[]
  IsTruncated: boolean
  Marker?: string | undefined
}

export interface SimulatePrincipalPolicyRequest {
  PolicySourceArn: string
  PolicyInputList?: string[] | undefined
  ActionNames: string[]
  ResourceArns?: string[] | undefined
  ContextEntries?: ContextEntry[] | undefined
  MaxItems?: number | undefined
  Marker?: string | undefined
}

export type SourceType = 'AWS::EC2::Instance' | 'AWS::IoT::Thing' | 'AWS::SSM::ManagedInstance' | 'Microsoft.Compute/virtualMachines'

export interface StartAccessRequestRequest {
  Reason: string
  Targets: Target[]
  Tags?: Tag[] | undefined
}

export interface StartAccessRequestResponse {
  AccessRequestId?: string | undefined
}

export interface StartAssociationsOnceRequest {
  AssociationIds: string[]
}

export type StartAssociationsOnceResult = Record<string, never>

export interface StartAutomationExecutionRequest {
  DocumentName: string
  DocumentVersion?: string | undefined
  Parameters?: Record<string, string[]> | undefined
  ClientToken?: string | undefined
  Mode?: ExecutionMode | undefined
  TargetParameterName?: string | undefined
  Targets?: Target[] | undefined
  TargetMaps?: Array<Record<string, string[]>> | undefined
  MaxConcurrency?: string | undefined
  MaxErrors?: string | undefined
  TargetLocations?: TargetLocation[] | undefined
  Tags?: Tag[] | undefined
  AlarmConfiguration?: AlarmConfiguration | undefined
  TargetLocationsURL?: string | undefined
}

export interface StartAutomationExecutionResult {
  AutomationExecutionId?: string | undefined
}

export interface StartChangeRequestExecutionRequest {
  ScheduledTime?: number | undefined
  DocumentName: string
  DocumentVersion?: string | undefined
  Parameters?: Record<string, string[]> | undefined
  ChangeRequestName?: string | undefined
  ClientToken?: string | undefined
  AutoApprove?: boolean | undefined
  Runbooks: Runbook[]
  Tags?: Tag[] | undefined
  ScheduledEndTime?: number | undefined
  ChangeDetails?: string | undefined
}

export interface StartChangeRequestExecutionResult {
  AutomationExecutionId?: string | undefined
}

export interface StartExecutionPreviewRequest {
  DocumentName: string
  DocumentVersion?: string | undefined
  ExecutionInputs?: ExecutionInputs | undefined
}

export interface StartExecutionPreviewResponse {
  ExecutionPreviewId?: string | undefined
}

export interface StartSessionRequest {
  Target: string
  DocumentName?: string | undefined
  Reason?: string | undefined
  Parameters?: Record<string, string[]> | undefined
}

export interface StartSessionResponse {
  SessionId?: string | undefined
  TokenValue?: string | undefined
  StreamUrl?: string | undefined
}

export type StatusUnchanged = Record<string, never>

export interface StepExecution {
  StepName?: string | undefined
  Action?: string | undefined
  TimeoutSeconds?: number | undefined
  OnFailure?: string | undefined
  MaxAttempts?: number | undefined
  ExecutionStartTime?: number | undefined
  ExecutionEndTime?: number | undefined
  StepStatus?: AutomationExecutionStatus | undefined
  ResponseCode?: string | undefined
  Inputs?: Record<string, string> | undefined
  Outputs?: Record<string, string[]> | undefined
  Response?: string | undefined
  FailureMessage?: string | undefined
  WarningMessage?: string | undefined
  FailureDetails?: FailureDetails | undefined
  StepExecutionId?: string | undefined
  OverriddenParameters?: Record<string, string[]> | undefined
  IsEnd?: boolean | undefined
  NextStep?: string | undefined
  IsCritical?: boolean | undefined
  ValidNextSteps?: string[] | undefined
  Targets?: Target[] | undefined
  TargetLocation?: TargetLocation | undefined
  TriggeredAlarms?: AlarmStateInformation[] | undefined
  ParentStepDetails?: ParentStepDetails | undefined
}

export interface StepExecutionFilter {
  Key: StepExecutionFilterKey
  Values: string[]
}

export type StepExecutionFilterKey = 'StartTimeBefore' | 'StartTimeAfter' | 'StepExecutionStatus' | 'StepExecutionId' | 'StepName' | 'Action' | 'ParentStepExecutionId' | 'ParentStepIteration' | 'ParentStepIteratorValue'

export interface StopAutomationExecutionRequest {
  AutomationExecutionId: string
  Type?: StopType | undefined
}

export type StopAutomationExecutionResult = Record<string, never>

export type StopType = 'Complete' | 'Cancel'

export interface SubTypeCountLimitExceededException {
  Message?: string | undefined
}

export interface Tag {
  Key: string
  Value: string
}

export interface TagException {
  Message?: string | undefined
}

export interface TagResourceRequest {
  KeyId: string
  Tags: Tag[]
}

export type TagResourceResult = Record<string, never>

export interface TagRoleRequest {
  RoleName: string
  Tags: Tag[]
}

export type TagRoleResult = Record<string, never>

export interface TagUserRequest {
  UserName: string
  Tags: Tag[]
}

export type TagUserResult = Record<string, never>

export interface Target {
  Key?: string | undefined
  Values?: string[] | undefined
}

export interface TargetInUseException {
  Message?: string | undefined
}

export interface TargetLocation {
  Accounts?: string[] | undefined
  Regions?: string[] | undefined
  TargetLocationMaxConcurrency?: string | undefined
  TargetLocationMaxErrors?: string | undefined
  ExecutionRoleName?: string | undefined
  TargetLocationAlarmConfiguration?: AlarmConfiguration | undefined
  IncludeChildOrganizationUnits?: boolean | undefined
  ExcludeAccounts?: string[] | undefined
  Targets?: Target[] | undefined
  TargetsMaxConcurrency?: string | undefined
  TargetsMaxErrors?: string | undefined
}

export interface TargetNotConnected {
  Message?: string | undefined
}

export interface TargetPreview {
  Count?: number | undefined
  TargetType?: string | undefined
}

export interface TargetsSummary {
  TotalCount?: number | undefined
  StartedCount?: number | undefined
  CompletedCount?: number | undefined
  SuccessfulCount?: number | undefined
  FailedCount?: number | undefined
}

export interface TemporaryCredentials {
  AccessKeyId: string
  SecretAccessKey: string
  SessionToken: string
  Expiration: number
}

export interface TerminateSessionRequest {
  SessionId: string
}

export interface TerminateSessionResponse {
  SessionId?: string | undefined
}

export interface ThrottlingException {
  Message: string
  QuotaCode?: string | undefined
  ServiceCode?: string | undefined
}

export type TooManyTagsError = Record<string, never>

export interface TooManyUpdates {
  Message?: string | undefined
}

export interface TotalSizeLimitExceededException {
  Message?: string | undefined
}

export interface UnlabelParameterVersionRequest {
  Name: string
  ParameterVersion: number
  Labels: string[]
}

export interface UnlabelParameterVersionResult {
  RemovedLabels?: string[] | undefined
  InvalidLabels?: string[] | undefined
}

export interface UnmodifiableEntity {
  message?: string | undefined
}

export interface UnsupportedCalendarException {
  Message?: string | undefined
}

export interface UnsupportedFeatureRequiredException {
  Message?: string | undefined
}

export interface UnsupportedInventoryItemContextException {
  TypeName?: string | undefined
  Message?: string | undefined
}

export interface UnsupportedInventorySchemaVersionException {
  Message?: string | undefined
}

export interface UnsupportedOperatingSystem {
  Message?: string | undefined
}

export interface UnsupportedOperationException {
  Message?: string | undefined
}

export interface UnsupportedParameterType {
  message?: string | undefined
}

export interface UnsupportedPlatformType {
  Message?: string | undefined
}

export interface UntagResourceRequest {
  KeyId: string
  TagKeys: string[]
}

export type UntagResourceResult = Record<string, never>

export interface UntagRoleRequest {
  RoleName: string
  TagKeys: string[]
}

export type UntagRoleResult = Record<string, never>

export interface UntagUserRequest {
  UserName: string
  TagKeys: string[]
}

export type UntagUserResult = Record<string, never>

export interface UpdateAccessKeyRequest {
  UserName?: string | undefined
  AccessKeyId: string
  Status: AccessKeyStatus
}

export type UpdateAccessKeyResult = Record<string, never>

export interface UpdateAliasRequest {
  AliasName: string
  TargetKeyId: string
}

export type UpdateAliasResult = Record<string, never>

export interface UpdateAssociationRequest {
  AssociationId: string
  Parameters?: Record<string, string[]> | undefined
  DocumentVersion?: string | undefined
  ScheduleExpression?: string | undefined
  OutputLocation?: InstanceAssociationOutputLocation | undefined
  Name?: string | undefined
  Targets?: Target[] | undefined
  AssociationName?: string | undefined
  AssociationVersion?: string | undefined
  AutomationTargetParameterName?: string | undefined
  MaxErrors?: string | undefined
  MaxConcurrency?: string | undefined
  ComplianceSeverity?: AssociationComplianceSeverity | undefined
  SyncCompliance?: AssociationSyncCompliance | undefined
  ApplyOnlyAtCronInterval?: boolean | undefined
  CalendarNames?: string[] | undefined
  TargetLocations?: TargetLocation[] | undefined
  ScheduleOffset?: number | undefined
  Duration?: number | undefined
  TargetMaps?: Array<Record<string, string[]>> | undefined
  AlarmConfiguration?: AlarmConfiguration | undefined
  AssociationDispatchAssumeRole?: string | undefined
}

export interface UpdateAssociationResult {
  AssociationDescription?: AssociationDescription | undefined
}

export interface UpdateAssociationStatusRequest {
  Name: string
  InstanceId: string
  AssociationStatus: AssociationStatus
}

export interface UpdateAssociationStatusResult {
  AssociationDescription?: AssociationDescription | undefined
}

export interface UpdateAssumeRolePolicyRequest {
  RoleName: string
  PolicyDocument: string
}

export type UpdateAssumeRolePolicyResult = Record<string, never>

export interface UpdateCloudConnectorRequest {
  CloudConnectorId: string
  DisplayName?: string | undefined
  Configuration?: CloudConnectorConfiguration | undefined
  Description?: string | undefined
}

export interface UpdateCloudConnectorResult {
  CloudConnectorId?: string | undefined
}

export interface UpdateDocumentDefaultVersionRequest {
  Name: string
  DocumentVersion: string
}

export interface UpdateDocumentDefaultVersionResult {
  Description?: DocumentDefaultVersionDescription | undefined
}

export interface UpdateDocumentMetadataRequest {
  Name: string
  DocumentVersion?: string | undefined
  DocumentReviews: DocumentReviews
}

export type UpdateDocumentMetadataResponse = Record<string, never>

export interface UpdateDocumentRequest {
  Content: string
  Attachments?: AttachmentsSource[] | undefined
  Name: string
  DisplayName?: string | undefined
  VersionName?: string | undefined
  DocumentVersion?: string | undefined
  DocumentFormat?: DocumentFormat | undefined
  TargetType?: string | undefined
}

export interface UpdateDocumentResult {
  DocumentDescription?: DocumentDescription | undefined
}

export interface UpdateGroupRequest {
  Group: string
  Description?: string | undefined
  ResourceQuery?: ResourceQuery | undefined
}

export interface UpdateGroupResult {
  Group: ResourceGroup
  ResourceQuery: ResourceQuery
}

export interface UpdateKeyDescriptionRequest {
  KeyId: string
  Description: string
}

export type UpdateKeyDescriptionResult = Record<string, never>

export interface UpdateLoginProfileRequest {
  UserName: string
  Password?: string | undefined
  PasswordResetRequired?: boolean | undefined
}

export type UpdateLoginProfileResult = Record<string, never>

export interface UpdateMaintenanceWindowRequest {
  WindowId: string
  Name?: string | undefined
  Description?: string | undefined
  StartDate?: string | undefined
  EndDate?: string | undefined
  Schedule?: string | undefined
  ScheduleTimezone?: string | undefined
  ScheduleOffset?: number | undefined
  Duration?: number | undefined
  Cutoff?: number | undefined
  AllowUnassociatedTargets?: boolean | undefined
  Enabled?: boolean | undefined
  Replace?: boolean | undefined
}

export interface UpdateMaintenanceWindowResult {
  WindowId?: string | undefined
  Name?: string | undefined
  Description?: string | undefined
  StartDate?: string | undefined
  EndDate?: string | undefined
  Schedule?: string | undefined
  ScheduleTimezone?: string | undefined
  ScheduleOffset?: number | undefined
  Duration?: number | undefined
  Cutoff?: number | undefined
  AllowUnassociatedTargets?: boolean | undefined
  Enabled?: boolean | undefined
}

export interface UpdateMaintenanceWindowTargetRequest {
  WindowId: string
  WindowTargetId: string
  Targets?: Target[] | undefined
  OwnerInformation?: string | undefined
  Name?: string | undefined
  Description?: string | undefined
  Replace?: boolean | undefined
}

export interface UpdateMaintenanceWindowTargetResult {
  WindowId?: string | undefined
  WindowTargetId?: string | undefined
  Targets?: Target[] | undefined
  OwnerInformation?: string | undefined
  Name?: string | undefined
  Description?: string | undefined
}

export interface UpdateMaintenanceWindowTaskRequest {
  WindowId: string
  WindowTaskId: string
  Targets?: Target[] | undefined
  TaskArn?: string | undefined
  ServiceRoleArn?: string | undefined
  TaskParameters?: Record<string, MaintenanceWindowTaskParameterValueExpression> | undefined
  TaskInvocationParameters?: MaintenanceWindowTaskInvocationParameters | undefined
  Priority?: number | undefined
  MaxConcurrency?: string | undefined
  MaxErrors?: string | undefined
  LoggingInfo?: LoggingInfo | undefined
  Name?: string | undefined
  Description?: string | undefined
  Replace?: boolean | undefined
  CutoffBehavior?: MaintenanceWindowTaskCutoffBehavior | undefined
  AlarmConfiguration?: AlarmConfiguration | undefined
}

export interface UpdateMaintenanceWindowTaskResult {
  WindowId?: string | undefined
  WindowTaskId?: string | undefined
  Targets?: Target[] | undefined
  TaskArn?: string | undefined
  ServiceRoleArn?: string | undefined
  TaskParameters?: Record<string, MaintenanceWindowTaskParameterValueExpression> | undefined
  TaskInvocationParameters?: MaintenanceWindowTaskInvocationParameters | undefined
  Priority?: number | undefined
  MaxConcurrency?: string | undefined
  MaxErrors?: string | undefined
  LoggingInfo?: LoggingInfo | undefined
  Name?: string | undefined
  Description?: string | undefined
  CutoffBehavior?: MaintenanceWindowTaskCutoffBehavior | undefined
  AlarmConfiguration?: AlarmConfiguration | undefined
}

export interface UpdateManagedInstanceRoleRequest {
  InstanceId: string
  IamRole: string
}

export type UpdateManagedInstanceRoleResult = Record<string, never>

export interface UpdateOpsItemRequest {
  Description?: string | undefined
  OperationalData?: Record<string, OpsItemDataValue> | undefined
  OperationalDataToDelete?: string[] | undefined
  Notifications?: OpsItemNotification[] | undefined
  Priority?: number | undefined
  RelatedOpsItems?: RelatedOpsItem[] | undefined
  Status?: OpsItemStatus | undefined
  OpsItemId: string
  Title?: string | undefined
  Category?: string | undefined
  Severity?: string | undefined
  ActualStartTime?: number | undefined
  ActualEndTime?: number | undefined
  PlannedStartTime?: number | undefined
  PlannedEndTime?: number | undefined
  OpsItemArn?: string | undefined
}

export type UpdateOpsItemResponse = Record<string, never>

export interface UpdateOpsMetadataRequest {
  OpsMetadataArn: string
  MetadataToUpdate?: Record<string, MetadataValue> | undefined
  KeysToDelete?: string[] | undefined
}

export interface UpdateOpsMetadataResult {
  OpsMetadataArn?: string | undefined
}

export interface UpdatePatchBaselineRequest {
  BaselineId: string
  Name?: string | undefined
  GlobalFilters?: PatchFilterGroup | undefined
  ApprovalRules?: PatchRuleGroup | undefined
  ApprovedPatches?: string[] | undefined
  ApprovedPatchesComplianceLevel?: PatchComplianceLevel | undefined
  ApprovedPatchesEnableNonSecurity?: boolean | undefined
  RejectedPatches?: string[] | undefined
  RejectedPatchesAction?: PatchAction | undefined
  Description?: string | undefined
  Sources?: PatchSource[] | undefined
  AvailableSecurityUpdatesComplianceStatus?: PatchComplianceStatus | undefined
  Replace?: boolean | undefined
}

export interface UpdatePatchBaselineResult {
  BaselineId?: string | undefined
  Name?: string | undefined
  OperatingSystem?: OperatingSystem | undefined
  GlobalFilters?: PatchFilterGroup | undefined
  ApprovalRules?: PatchRuleGroup | undefined
  ApprovedPatches?: string[] | undefined
  ApprovedPatchesComplianceLevel?: PatchComplianceLevel | undefined
  ApprovedPatchesEnableNonSecurity?: boolean | undefined
  RejectedPatches?: string[] | undefined
  RejectedPatchesAction?: PatchAction | undefined
  CreatedDate?: number | undefined
  ModifiedDate?: number | undefined
  Description?: string | undefined
  Sources?: PatchSource[] | undefined
  AvailableSecurityUpdatesComplianceStatus?: PatchComplianceStatus | undefined
}

export interface UpdateResourceDataSyncRequest {
  SyncName: string
  SyncType: string
  SyncSource: ResourceDataSyncSource
}

export type UpdateResourceDataSyncResult = Record<string, never>

export interface UpdateRoleRequest {
  RoleName: string
  Description?: string | undefined
  MaxSessionDuration?: number | undefined
}

export type UpdateRoleResult = Record<string, never>

export interface UpdateServiceSettingRequest {
  SettingId: string
  SettingValue: string
}

export type UpdateServiceSettingResult = Record<string, never>

export interface UpdateUserRequest {
  UserName: string
  NewPath?: string | undefined
  NewUserName?: string | undefined
  Disabled?: boolean | undefined
}

export type UpdateUserResult = Record<string, never>

export interface User {
  Path: string
  UserName: string
  UserId: string
  Arn: string
  CreateDate: number
  Disabled?: boolean | undefined
  Tags?: Tag[] | undefined
}

export interface UserGroup {
  Path: string
  GroupName: string
  GroupId: string
  Arn: string
  CreateDate: number
}

export interface ValidateCloudConnectorRequest {
  CloudConnectorId: string
  MaxResults?: number | undefined
  NextToken?: string | undefined
}

export interface ValidateCloudConnectorResult {
  ValidationFindings?: ValidationFinding[] | undefined
  NextToken?: string | undefined
}

export interface ValidationException {
  Message?: string | undefined
  ReasonCode?: string | undefined
}

export interface ValidationFinding {
  Type?: ValidationFindingType | undefined
  Code?: ValidationFindingCode | undefined
  Message?: string | undefined
  ProviderMessage?: string | undefined
  Scope?: ValidationFindingScope | undefined
}

export type ValidationFindingCode = 'TargetInaccessible' | 'TargetUnusable' | 'TargetStateWarning' | 'AwsRoleAssumptionFailed' | 'WebIdentityTokenFailed' | 'OutboundWebIdentityFederationDisabled' | 'ProviderCredentialCreationFailed' | 'TenantSummary' | 'SubscriptionAccessible'

export interface ValidationFindingScope {
  Type?: ValidationFindingScopeType | undefined
  Id?: string | undefined
}

export type ValidationFindingScopeType = 'azure:tenant' | 'azure:subscription'

export type ValidationFindingType = 'INFO' | 'WARN' | 'ERROR'

export interface VerifyAuditRequest {
  FromSequence?: number | undefined
  Checkpoints?: string[] | undefined
  NextToken?: string | undefined
}

export interface VerifyAuditResult {
  Valid: boolean
  CheckedRows: number
  FirstProblem?: AuditProblem | undefined
  HeadSequence?: number | undefined
  StoreId?: string | undefined
  PublicKey?: string | undefined
  NextToken?: string | undefined
}

export interface VirtualMFADevice {
  SerialNumber: string
  Base32StringSeed?: string | undefined
  Uri?: string | undefined
}

export interface WatchChangesRequest {
  Topics: ChangeTopic[]
  Cursor?: string | undefined
  WaitSeconds?: number | undefined
}

export interface WatchChangesResult {
  Cursor: string
  Changes: Change[]
  Reset: boolean
}
