-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "Role" AS ENUM ('viewer', 'editor', 'owner');

-- CreateEnum
CREATE TYPE "WorkflowState" AS ENUM ('internal', 'deployed');

-- CreateEnum
CREATE TYPE "ExecutionStatus" AS ENUM ('queued', 'running', 'completed', 'failed', 'cancelled', 'timed_out');

-- CreateEnum
CREATE TYPE "Trigger" AS ENUM ('manual', 'webhook', 'schedule', 'platform');

-- CreateEnum
CREATE TYPE "LogStatus" AS ENUM ('success', 'error', 'skipped');

-- CreateTable
CREATE TABLE "installation" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "key_check" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "installation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "users" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL DEFAULT '',
    "password_hash" TEXT NOT NULL,
    "role" "Role" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_keys" (
    "id" UUID NOT NULL,
    "user_id" UUID,
    "name" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "prefix" TEXT NOT NULL,
    "scopes" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_keys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "secrets" (
    "name" TEXT NOT NULL,
    "ciphertext" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "secrets_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "workflows" (
    "id" UUID NOT NULL,
    "owner_id" UUID,
    "name" TEXT NOT NULL,
    "name_key" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "color" TEXT,
    "variables" TEXT NOT NULL DEFAULT '{}',
    "notes" TEXT NOT NULL DEFAULT '[]',
    "pins" TEXT NOT NULL DEFAULT '{}',
    "resume" BOOLEAN NOT NULL DEFAULT false,
    "retention_days" INTEGER,
    "retention_count" INTEGER,
    "state" "WorkflowState" NOT NULL DEFAULT 'internal',
    "graph" TEXT NOT NULL DEFAULT '{"blocks":[],"edges":[]}',
    "version" INTEGER NOT NULL DEFAULT 0,
    "deployed_version" INTEGER,
    "armed_until" TIMESTAMPTZ(3),
    "schedule_config" TEXT,
    "execution_count" INTEGER NOT NULL DEFAULT 0,
    "last_execution_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workflows_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "graph_documents" (
    "hash" BYTEA NOT NULL,
    "document" TEXT NOT NULL,

    CONSTRAINT "graph_documents_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "graph_versions" (
    "workflow_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_by" UUID,
    "deployed_at" TIMESTAMPTZ(3),

    CONSTRAINT "graph_versions_pkey" PRIMARY KEY ("workflow_id","version")
);

-- CreateTable
CREATE TABLE "webhook_endpoints" (
    "workflow_id" UUID NOT NULL,
    "block_id" TEXT NOT NULL,
    "webhook_id" UUID,
    "secret" BYTEA,

    CONSTRAINT "webhook_endpoints_pkey" PRIMARY KEY ("workflow_id","block_id")
);

-- CreateTable
CREATE TABLE "schedules" (
    "workflow_id" UUID NOT NULL,
    "anchor_at" TIMESTAMPTZ(3) NOT NULL,
    "next_fire_at" TIMESTAMPTZ(3),
    "runs_so_far" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "schedules_pkey" PRIMARY KEY ("workflow_id")
);

-- CreateTable
CREATE TABLE "runners" (
    "id" UUID NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "heartbeat_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "runners_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "executions" (
    "id" UUID NOT NULL,
    "workflow_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "status" "ExecutionStatus" NOT NULL,
    "trigger" "Trigger" NOT NULL,
    "trigger_block_id" TEXT,
    "user_id" UUID,
    "runner_id" UUID,
    "depth" INTEGER NOT NULL DEFAULT 0,
    "is_durable" BOOLEAN NOT NULL DEFAULT false,
    "takeovers" INTEGER NOT NULL DEFAULT 0,
    "origin_id" UUID,
    "is_kept" BOOLEAN NOT NULL DEFAULT false,
    "input" TEXT,
    "output" TEXT,
    "error" TEXT,
    "error_code" TEXT,
    "failed_block" TEXT,
    "response" TEXT,
    "context" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "completed_at" TIMESTAMPTZ(3),

    CONSTRAINT "executions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "block_logs" (
    "execution_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "execution_order" INTEGER,
    "block_id" TEXT NOT NULL,
    "block_type" TEXT NOT NULL,
    "block_name" TEXT NOT NULL,
    "status" "LogStatus" NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "duration_ms" INTEGER NOT NULL,
    "queued_ms" INTEGER NOT NULL DEFAULT 0,
    "retry_wait_ms" INTEGER NOT NULL DEFAULT 0,
    "attempts" INTEGER NOT NULL,
    "input" TEXT,
    "output" TEXT,
    "error" TEXT,
    "skip_reason" TEXT,
    "warnings" TEXT,
    "reused_from" UUID,

    CONSTRAINT "block_logs_pkey" PRIMARY KEY ("execution_id","seq")
);

-- CreateTable
CREATE TABLE "large_values" (
    "id" UUID NOT NULL,
    "execution_id" UUID NOT NULL,
    "size_bytes" INTEGER NOT NULL,
    "compressed" BYTEA NOT NULL,

    CONSTRAINT "large_values_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "idempotency_keys" (
    "scope" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "execution_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY ("scope","key")
);

-- CreateTable
CREATE TABLE "model_providers" (
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "base_url" TEXT,
    "ciphertext" BYTEA,
    "default_model" TEXT,
    "is_default" BOOLEAN NOT NULL DEFAULT false,
    "models" TEXT NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "model_providers_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "agents" (
    "id" UUID NOT NULL,
    "owner_id" UUID,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "model" TEXT,
    "system_prompt" TEXT NOT NULL DEFAULT '',
    "settings" TEXT NOT NULL DEFAULT '{}',
    "tools" TEXT NOT NULL DEFAULT '[]',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "agents_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "agent_sessions" (
    "id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "user_id" UUID,
    "title" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "agent_sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "agent_messages" (
    "id" BIGSERIAL NOT NULL,
    "session_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "content" TEXT NOT NULL,
    "run_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "agent_messages_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "agent_runs" (
    "id" UUID NOT NULL,
    "agent_id" UUID,
    "session_id" UUID,
    "orchestration_id" UUID,
    "execution_id" UUID,
    "block_id" TEXT,
    "status" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "input" TEXT NOT NULL,
    "output" TEXT,
    "error" TEXT,
    "usage" TEXT,
    "tool_calls" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "completed_at" TIMESTAMPTZ(3),

    CONSTRAINT "agent_runs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "orchestrations" (
    "id" UUID NOT NULL,
    "owner_id" UUID,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "strategy" TEXT NOT NULL,
    "settings" TEXT NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "orchestrations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "orchestration_entities" (
    "id" UUID NOT NULL,
    "orchestration_id" UUID NOT NULL,
    "entity_type" TEXT NOT NULL,
    "entity_ref_id" UUID NOT NULL,
    "role_description" TEXT NOT NULL DEFAULT '',
    "position" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "orchestration_entities_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");

-- CreateIndex
CREATE UNIQUE INDEX "api_keys_hash_key" ON "api_keys"("hash");

-- CreateIndex
CREATE INDEX "api_keys_created_at_idx" ON "api_keys"("created_at");

-- CreateIndex
CREATE INDEX "workflows_created_at_id_idx" ON "workflows"("created_at", "id");

-- CreateIndex
CREATE INDEX "workflows_name_key_id_idx" ON "workflows"("name_key", "id");

-- CreateIndex
CREATE INDEX "workflows_updated_at_id_idx" ON "workflows"("updated_at", "id");

-- CreateIndex
CREATE INDEX "workflows_last_execution_at_id_idx" ON "workflows"("last_execution_at", "id");

-- CreateIndex
CREATE INDEX "graph_versions_hash_idx" ON "graph_versions"("hash");

-- CreateIndex
CREATE UNIQUE INDEX "webhook_endpoints_webhook_id_key" ON "webhook_endpoints"("webhook_id");

-- CreateIndex
CREATE INDEX "schedules_next_fire_at_idx" ON "schedules"("next_fire_at");

-- CreateIndex
CREATE INDEX "executions_workflow_id_created_at_id_idx" ON "executions"("workflow_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "executions_workflow_id_status_created_at_id_idx" ON "executions"("workflow_id", "status", "created_at", "id");

-- CreateIndex
CREATE INDEX "executions_created_at_id_idx" ON "executions"("created_at", "id");

-- CreateIndex
CREATE INDEX "executions_unfinished" ON "executions"("runner_id", "created_at") WHERE (status IN ('queued', 'running'));

-- CreateIndex
CREATE INDEX "large_values_execution_id_idx" ON "large_values"("execution_id");

-- CreateIndex
CREATE INDEX "idempotency_keys_created_at_idx" ON "idempotency_keys"("created_at");

-- CreateIndex
CREATE INDEX "idempotency_keys_execution_id_idx" ON "idempotency_keys"("execution_id");

-- CreateIndex
CREATE INDEX "agents_created_at_id_idx" ON "agents"("created_at", "id");

-- CreateIndex
CREATE INDEX "agent_sessions_agent_id_updated_at_id_idx" ON "agent_sessions"("agent_id", "updated_at", "id");

-- CreateIndex
CREATE INDEX "agent_messages_session_id_id_idx" ON "agent_messages"("session_id", "id");

-- CreateIndex
CREATE INDEX "agent_runs_agent_id_created_at_id_idx" ON "agent_runs"("agent_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "agent_runs_execution_id_idx" ON "agent_runs"("execution_id");

-- CreateIndex
CREATE INDEX "orchestrations_created_at_id_idx" ON "orchestrations"("created_at", "id");

-- CreateIndex
CREATE INDEX "orchestration_entities_orchestration_id_position_id_idx" ON "orchestration_entities"("orchestration_id", "position", "id");

-- AddForeignKey
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "workflows" ADD CONSTRAINT "workflows_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "graph_versions" ADD CONSTRAINT "graph_versions_workflow_id_fkey" FOREIGN KEY ("workflow_id") REFERENCES "workflows"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "graph_versions" ADD CONSTRAINT "graph_versions_hash_fkey" FOREIGN KEY ("hash") REFERENCES "graph_documents"("hash") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhook_endpoints" ADD CONSTRAINT "webhook_endpoints_workflow_id_fkey" FOREIGN KEY ("workflow_id") REFERENCES "workflows"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "schedules" ADD CONSTRAINT "schedules_workflow_id_fkey" FOREIGN KEY ("workflow_id") REFERENCES "workflows"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "executions" ADD CONSTRAINT "executions_workflow_id_fkey" FOREIGN KEY ("workflow_id") REFERENCES "workflows"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agent_sessions" ADD CONSTRAINT "agent_sessions_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agents"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agent_messages" ADD CONSTRAINT "agent_messages_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "agent_sessions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "orchestration_entities" ADD CONSTRAINT "orchestration_entities_orchestration_id_fkey" FOREIGN KEY ("orchestration_id") REFERENCES "orchestrations"("id") ON DELETE CASCADE ON UPDATE CASCADE;
