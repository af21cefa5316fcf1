import { type Kysely, sql } from 'kysely'
import { type Columns, createTable } from './columns.ts'

/** Tables of keys and tokens, fleet, tags, settings, documents, commands, peers and of the hub. Frozen once shipped. */
export const foundation = {
  number: 1,
  name: 'foundation',
  async up(db: Kysely<unknown>, columns: Columns): Promise<void> {
    const { id, text, int, flag, bytes, json, autoKey } = columns
    const table = createTable(db)

    await table('meta', { key: id(), value: text() }, { primary: ['key'] })

    // access: keys and bearer tokens; whose they are stands in 0002-access.ts.
    await table(
      'access_key',
      {
        id: id(),
        principal_id: text(),
        secret_sealed: bytes(),
        status: text(),
        created_at: int(),
        last_used_at: int({ optional: true }),
      },
      { primary: ['id'], indexes: [['principal_id']] },
    )
    await table(
      'access_bearer_token',
      {
        token_mac: id(),
        principal_id: text(),
        purpose: text(),
        created_at: int(),
        expires_at: int({ optional: true }),
      },
      { primary: ['token_mac'], indexes: [['expires_at']] },
    )

    // api: first answers (24 h).
    await table(
      'api_answer',
      {
        principal_id: id(),
        invocation_id: id(),
        operation: id(),
        body_mac: bytes(),
        status: int(),
        answer_sealed: bytes(),
        created_at: int(),
      },
      { primary: ['principal_id', 'invocation_id', 'operation', 'body_mac'], indexes: [['created_at']] },
    )
    // hub: which controller holds a node's link (epoch + 1 a login) and how far its journal is committed.
    await table(
      'hub_link',
      {
        node_key: int(),
        epoch: int(),
        controller_id: text({ optional: true }),
        connected_at: int({ optional: true }),
        expires_at: int({ optional: true }),
        journal_id: text({ optional: true }),
        journal_since: int(),
        received_record: int(),
      },
      { primary: ['node_key'] },
    )
    await table(
      'hub_parked_record',
      {
        id: autoKey(),
        node_key: int(),
        journal_id: text(),
        number: int(),
        body: bytes(),
        problem: text(),
        parked_at: int(),
      },
      { primary: ['id'] },
    )

    // peers: the controllers of this store, each with a lease by the database's clock, and what they have in common.
    await table('peer_controller', { id: id(), url: text(), epoch: int(), expires_at: int() }, { primary: ['id'] })
    await table('peer_shared', { name: id(), value: bytes() }, { primary: ['name'] })

    await table(
      'tag',
      { resource_type: id(), resource_id: id(), key: id(), value: text() },
      { primary: ['resource_type', 'resource_id', 'key'], indexes: [['resource_type', 'key', 'value', 'resource_id']] },
    )

    await table(
      'fleet_activation',
      {
        id: id(),
        code_mac: bytes(),
        role_id: text(),
        role_name: text(),
        description: text({ optional: true }),
        default_name: text({ optional: true }),
        registration_limit: int(),
        registrations_count: int(),
        expires_at: int(),
        created_at: int(),
        created_by: text(),
        tags: json(),
      },
      { primary: ['id'], indexes: [['created_at', 'id']] },
    )
    await table(
      'fleet_node',
      {
        key: autoKey(),
        id: text(),
        activation_id: text(),
        role_id: text(),
        role_name: text(),
        name: text({ optional: true }),
        public_key: bytes(),
        key_since: int(),
        next_public_key: bytes({ optional: true }),
        rotation_requested_at: int({ optional: true }),
        quarantined_at: int({ optional: true }),
        quarantine_cause: text({ optional: true }),
        current_machine: int(),
        registered_at: int(),
        deregistered_at: int({ optional: true }),
        computer_name: text(),
        ip_address: text(),
        platform_type: text(),
        platform_name: text(),
        platform_version: text(),
        architecture: text(),
        agent_version: text(),
        link_version: int(),
        actions: json(),
        policy_mode: text(),
        trouble: text(),
        last_contact_at: int({ optional: true }),
        connected: flag(),
      },
      { primary: ['key'], unique: [['id']] },
    )
    // Who has logged in as a node: one machine, unless its identity was copied. Generations are never given twice.
    await table(
      'fleet_machine',
      {
        node_key: int(),
        number: int(),
        generation: int(),
        pending_generation: int({ optional: true }),
        superseded_at: int({ optional: true }),
        drop_unstarted: flag(),
        computer_name: text(),
        ip_address: text(),
        source: text(),
        boot_id: text(),
        last_login_at: int({ optional: true }),
      },
      { primary: ['node_key', 'number'] },
    )
    // Keys that a node had before: what they signed still verifies.
    await table(
      'fleet_node_key',
      { node_key: int(), fingerprint: id(), public_key: bytes(), retired_at: int() },
      { primary: ['node_key', 'fingerprint'] },
    )

    await table(
      'service_setting',
      { id: id(), value: text(), modified_at: int(), modified_by: text() },
      { primary: ['id'] },
    )

    await table(
      'resource_group',
      { name: id(), description: text(), query: text(), created_at: int(), created_by: text() },
      { primary: ['name'] },
    )

    await table(
      'document',
      {
        name: id(),
        document_type: text(),
        owner: text(),
        created_at: int(),
        default_version: int(),
        latest_version: int(),
        // The highest number that was ever given: the number of a removed version never comes again.
        last_number: int(),
      },
      { primary: ['name'] },
    )
    await table(
      'document_version',
      {
        name: id(),
        version: int(),
        content: text(),
        format: text(),
        schema_version: text({ optional: true }),
        hash: text(),
        description: text({ optional: true }),
        version_name: text({ optional: true }),
        display_name: text({ optional: true }),
        target_type: text({ optional: true }),
        platform_types: json(),
        requires: json(),
        author: text(),
        review_status: text({ optional: true }),
        created_at: int(),
      },
      { primary: ['name', 'version'] },
    )
    await table(
      'document_attachment',
      { name: id(), version: int(), attachment: id(), size: int(), sha256: text() },
      { primary: ['name', 'version', 'attachment'], indexes: [['sha256']] },
    )
    await table(
      'document_share',
      { name: id(), account_id: id(), shared_version: text() },
      { primary: ['name', 'account_id'] },
    )
    await table(
      'document_review',
      {
        name: id(),
        version: int(),
        number: int(),
        created_at: int(),
        updated_at: int(),
        status: text(),
        comment: text({ optional: true }),
        reviewer: text(),
      },
      { primary: ['name', 'version', 'number'] },
    )

    await table(
      'command',
      {
        key: autoKey(),
        id: text(),
        principal_id: text(),
        principal_arn: text(),
        document_name: text(),
        document_version: text(),
        document_hash: text(),
        envelope: bytes(),
        comment: text(),
        parameters_sealed: bytes(),
        instance_ids: json(),
        targets: json(),
        options: json(),
        max_concurrency: text(),
        max_errors: text(),
        concurrency_limit: int(),
        error_limit: int(),
        timeout_seconds: int(),
        requested_at: int(),
        deliver_by: int(),
        expires_at: int(),
        state: text(),
        terminal: flag(),
        ended_at: int({ optional: true }),
        cancel_requested_at: int({ optional: true }),
        target_count: int(),
        completed_count: int(),
        error_count: int(),
        delivery_timed_out_count: int(),
        running_count: int(),
        decisions: json(),
      },
      { primary: ['key'], unique: [['id']], indexes: [['requested_at', 'key']] },
    )
    await sql`create index command_active on command (key) where terminal = 0`.execute(db)
    // Inserted once at acceptance, sorted by node; a result updates columns that no index holds.
    await table(
      'command_invocation',
      {
        command_key: int(),
        node_key: int(),
        state: text(),
        terminal: flag(),
        reason: text({ optional: true }),
        reason_parameters: json({ optional: true }),
        requested_at: int(),
        released_at: int({ optional: true }),
        received_at: int({ optional: true }),
        started_at: int({ optional: true }),
        ended_at: int({ optional: true }),
        cancel_requested_at: int({ optional: true }),
        next_attempt_at: int({ optional: true }),
        attempts: int(),
        running: flag(),
        record: bytes({ optional: true }),
        signature: bytes({ optional: true }),
        late_record: bytes({ optional: true }),
        late_at: int({ optional: true }),
      },
      { primary: ['command_key', 'node_key'], indexes: [['node_key', 'command_key']] },
    )
    await table(
      'command_step',
      {
        command_key: int(),
        node_key: int(),
        step: int(),
        name: text(),
        action: text(),
        state: text(),
        code: int(),
        attempt: int(),
        started_at: int({ optional: true }),
        ended_at: int({ optional: true }),
        stdout_head: text(),
        stderr_head: text(),
        reason: text({ optional: true }),
      },
      { primary: ['command_key', 'node_key', 'step'] },
    )
    // Bytes of a stream: up to 64 KiB stand in the row, beyond that in sealed segments.
    await table(
      'command_output',
      {
        command_key: int(),
        node_key: int(),
        step: int(),
        stream: text(),
        attempt: int(),
        total: int(),
        kept: int(),
        dropped: int(),
        sealed: int(),
        sha256: text({ optional: true }),
        complete: flag(),
        inline: bytes({ optional: true }),
      },
      { primary: ['command_key', 'node_key', 'step', 'stream'] },
    )
    await table(
      'command_segment',
      { command_key: int(), node_key: int(), step: int(), stream: text(), start: int(), length: int(), place: text() },
      { primary: ['command_key', 'node_key', 'step', 'stream', 'start'] },
    )
    // Streams that also go to a bucket; next_attempt_at is null once that is over.
    await table(
      'command_upload',
      {
        ...{ command_key: int(), node_key: int(), step: int(), stream: text(), since: int() },
        ...{ next_attempt_at: int({ optional: true }), attempts: int(), problem: text({ optional: true }) },
        ...{ done_at: int({ optional: true }), url: text({ optional: true }) },
      },
      { primary: ['command_key', 'node_key', 'step', 'stream'] },
    )
    await sql`create index command_upload_due on command_upload (next_attempt_at) where next_attempt_at IS NOT NULL`.execute(
      db,
    )
  },
}
